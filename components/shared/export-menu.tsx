'use client';
import { Braces, Clipboard, Download, Table } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ExportRow, toCsv, toTabs } from '@/lib/core/to-csv';
import { announce } from './announce';
import { copyText } from './copy-text';
import { downloadText } from './download-text';
import { Menu } from './menu';

interface ExportMenuProps {
  /** Without ending; the name of what is exported. */
  readonly fileName: string;
  /** Called when chosen. Values are the data, not the words on screen. */
  readonly rows: () => readonly ExportRow[];
  /** What JSON holds, where that is more than the rows. */
  readonly json?: () => unknown;
}

/** The data behind a table or picture: as CSV, as JSON, or on the clipboard. */
export function ExportMenu({ fileName, rows, json }: ExportMenuProps) {
  const t = useTranslations('shared');
  const copyRows = async () => {
    const all = rows();
    const isCopied = await copyText(toTabs(all));
    announce(isCopied ? t('export.done', { count: all.length }) : t('copy.failed'));
  };
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="button">
          <Download aria-hidden="true" size={14} />
          {t('export.open')}
        </button>
      }
      items={[
        {
          id: 'csv',
          label: t('export.csv'),
          icon: Table,
          onSelect: () => downloadText(`${fileName}.csv`, 'text/csv;charset=utf-8', toCsv(rows())),
        },
        {
          id: 'json',
          label: t('export.json'),
          icon: Braces,
          onSelect: () =>
            downloadText(`${fileName}.json`, 'application/json', JSON.stringify(json?.() ?? rows(), null, 2)),
        },
        { id: 'copy', label: t('export.copy'), icon: Clipboard, onSelect: () => void copyRows() },
      ]}
    />
  );
}
