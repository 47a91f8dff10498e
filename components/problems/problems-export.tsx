import { Braces, Download, Table } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu } from '@/components/shared/menu';
import { type ProblemFilters, toProblemsQuery } from './problem-filters';

/** The server writes the file, since the page holds a part of a long list only. */
function download(filters: ProblemFilters, format: 'csv' | 'json'): void {
  const link = document.createElement('a');
  link.href = `/api/v1/problems?${toProblemsQuery(filters, { format })}`;
  link.download = '';
  link.click();
}

/** Everything that matches, as a file. */
export function ProblemsExport({ filters }: { readonly filters: ProblemFilters }) {
  const t = useTranslations('shared.export');
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="button">
          <Download aria-hidden="true" size={14} />
          {t('open')}
        </button>
      }
      items={[
        { id: 'csv', label: t('csv'), icon: Table, onSelect: () => download(filters, 'csv') },
        { id: 'json', label: t('json'), icon: Braces, onSelect: () => download(filters, 'json') },
      ]}
    />
  );
}
