'use client';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useRowKeys } from '@/components/shared/use-row-keys';
import { type Assumed, previewHref } from './preview-address';
import { PreviewRowDetail } from './preview-row-detail';
import type { TableRow } from './preview-rows';
import { PreviewTableRow } from './preview-table-row';
import { useScrolledWindow } from './use-scrolled-window';

const ROW_HEIGHT = 52;
const DETAIL_HEIGHT = 220;

interface PreviewTableProps {
  readonly namespace: string;
  readonly assumed: Assumed;
  readonly rows: readonly TableRow[];
  /** Renderings may still come. */
  readonly isAwaited: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (id: string, isOn: boolean) => void;
}

type Item = { readonly kind: 'row' | 'detail'; readonly row: TableRow; readonly index: number };

function toItems(rows: readonly TableRow[], open: ReadonlySet<string>): readonly Item[] {
  return rows.flatMap((row, index): readonly Item[] =>
    open.has(row.id) && row.preview !== undefined
      ? [
          { kind: 'row', row, index },
          { kind: 'detail', row, index },
        ]
      : [{ kind: 'row', row, index }],
  );
}

/** The workloads of a switch; each opens to what it would be. Beyond a screenful only those in view are drawn. */
export function PreviewTable({ namespace, assumed, rows, isAwaited, chosen, onChoose }: PreviewTableProps) {
  const t = useTranslations('preview.column');
  const body = useRef<HTMLTableSectionElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const items = toItems(rows, open);
  const { indexes, above, below, measure, scrollTo } = useScrolledWindow(items.length, body, (item) =>
    items[item]?.kind === 'detail' ? DETAIL_HEIGHT : ROW_HEIGHT,
  );
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const { active, onKeyDown, onFocus } = useRowKeys({
    count: rows.length,
    scrollTo: (index) => scrollTo(items.findIndex((item) => item.index === index)),
    onToggle: (index) => {
      const row = rows[index];
      if (row !== undefined) onChoose(row.id, !chosen.has(row.id));
    },
  });
  const onKey = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = rows[active];
    if (event.key === 'Enter' && event.target instanceof HTMLTableRowElement && row !== undefined) toggle(row.id);
    else onKeyDown(event);
  };
  const spacer = (height: number) =>
    height > 0 && (
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={5} style={{ height }} />
        </tr>
      </tbody>
    );
  const head = 'table-head-cell -top-4! h-8 px-3 font-medium text-ink-3';
  return (
    <div className="table-frame preview-table mt-3">
      <table className="table" aria-label={t('label')} aria-rowcount={rows.length + 1} aria-busy={isAwaited}>
        <thead>
          <tr>
            <th className={`${head} w-9 pr-0`}>
              <span className="sr-only">{t('restart')}</span>
            </th>
            <th className={head}>{t('workload')}</th>
            <th className={`${head} w-14 text-right! max-sm:hidden`}>{t('pods')}</th>
            <th className={`${head} w-36 max-sm:w-32 max-sm:pl-0`}>{t('becomes')}</th>
            <th className={`${head} w-44 text-right! max-md:hidden`}>{t('requests')}</th>
          </tr>
        </thead>
        {spacer(above)}
        <tbody ref={body} onKeyDown={onKey} onFocus={onFocus}>
          {indexes.map((at) => {
            const item = items[at];
            if (item === undefined) return null;
            const { row, index } = item;
            const detailId = `preview-${row.id.replace('/', '-')}`;
            return item.kind === 'row' ? (
              <PreviewTableRow
                key={row.id}
                row={row}
                index={index}
                item={at}
                isActive={index === active}
                isOpen={open.has(row.id)}
                isAwaited={isAwaited}
                isChosen={chosen.has(row.id)}
                detailId={detailId}
                measure={measure}
                onOpen={toggle}
                onChoose={onChoose}
              />
            ) : (
              <tr key={`${row.id} detail`} ref={measure} data-index={at} id={detailId}>
                <td className="border-b border-line" />
                <td colSpan={4} className="border-b border-line pr-3 pl-7.5">
                  {row.preview !== undefined && (
                    <PreviewRowDetail row={row.preview} href={previewHref(namespace, row.kind, row.name, assumed)} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
        {spacer(below)}
      </table>
    </div>
  );
}
