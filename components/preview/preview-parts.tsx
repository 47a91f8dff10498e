'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { ExportMenu } from '@/components/shared/export-menu';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import type { Column } from '@/components/shared/table-column';
import type { PreviewPart } from '@/lib/api/preview';

const SIGN: Readonly<Record<PreviewPart['change'], string>> = { added: '+', changed: '~', removed: '−' };

function useColumns(): readonly Column<PreviewPart>[] {
  const t = useTranslations('preview.parts');
  return [
    {
      id: 'change',
      header: t('change'),
      width: '112px',
      cell: ({ change }) => (
        <span className="text-ink-2">
          <span aria-hidden="true" className="mono text-accent">
            {SIGN[change]}
          </span>{' '}
          {t(`kind.${change}`)}
        </span>
      ),
    },
    {
      id: 'path',
      header: t('path'),
      cell: ({ path }) => (
        <span className="mono" title={path}>
          {path}
        </span>
      ),
    },
    { id: 'origin', header: t('origin'), width: '40%', cell: ({ origin }) => <Phrase value={origin} /> },
  ];
}

/** Every part that injection would touch, and what gave it its form. */
export function PreviewParts({
  parts,
  fileName,
}: {
  readonly parts: readonly PreviewPart[];
  readonly fileName: string;
}) {
  const t = useTranslations('preview.parts');
  const toText = usePhraseText();
  const columns = useColumns();
  const [search, setSearch] = useState('');
  if (parts.length === 0) return null;
  const wanted = search.trim().toLowerCase();
  const found = parts.filter(({ path, origin }) => `${path} ${toText(origin)}`.toLowerCase().includes(wanted));
  return (
    <details className="mt-6">
      <summary className="link w-fit">{t('open', { count: parts.length })}</summary>
      <div className="mt-3 mb-2 flex flex-wrap items-center gap-2">
        <SearchBox label={t('search')} value={search} onChange={setSearch} />
        <div className="ml-auto flex items-center gap-3">
          <RowCount shown={found.length} total={parts.length} />
          <ExportMenu
            fileName={fileName}
            rows={() => found.map(({ path, change, origin }) => ({ change, path, origin: toText(origin) }))}
            json={() => found}
          />
        </div>
      </div>
      <DataTable<PreviewPart>
        label={t('label')}
        columns={columns}
        rows={found}
        rowId={({ path }) => path}
        empty={<EmptyState title={t('none', { search })} />}
      />
    </details>
  );
}
