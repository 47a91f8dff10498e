'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { Checkbox } from './checkbox';
import { DataTableHead } from './data-table-head';
import { DataTableRow } from './data-table-row';
import type { SortOrder } from './sort-order';
import { type Column, columnClass } from './table-column';
import { useRowKeys } from './use-row-keys';
import { useRowWindow } from './use-row-window';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

interface DataTableProps<Row> {
  /** What the table lists, for people who cannot see its place on the page. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sort?: SortOrder | null;
  readonly onSort?: (sort: SortOrder) => void;
  readonly selection?: Selection | undefined;
  rowMenu?(row: Row): ReactNode;
  /** Stands in the table's place when there are no rows; an EmptyState. */
  readonly empty?: ReactNode;
  /** Below this width, in pixels, the table scrolls sideways. */
  readonly minWidth?: number;
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** A list of objects: sortable heads, arrow keys, selection; beyond 100 rows only those in view are drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, sort = null, onSort, selection, rowMenu, empty, minWidth = 640 } = props;
  const t = useTranslations('shared.table');
  const body = useRef<HTMLTableSectionElement>(null);
  const { from, to, above, below, scrollTo } = useRowWindow(rows.length, body);

  // Stays the same while the selection changes, so that rows are not drawn again for it.
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const toggle = useCallback((id: string) => latest.current?.onChange(toggled(latest.current.ids, id)), []);
  const onToggle =
    selection === undefined
      ? undefined
      : (index: number) => {
          const row = rows[index];
          if (row !== undefined) toggle(rowId(row));
        };
  const { active, onKeyDown, onFocus } = useRowKeys({ count: rows.length, scrollTo, onToggle });

  if (rows.length === 0 && empty !== undefined) return empty;

  const selectedCount = selection === undefined ? 0 : rows.filter((row) => selection.ids.has(rowId(row))).length;
  const isAll = rows.length > 0 && selectedCount === rows.length;
  const selectAll = selection && (
    <Checkbox
      label={t('selectAll')}
      isChecked={isAll}
      isMixed={selectedCount > 0 && !isAll}
      onChange={() => selection.onChange(new Set(isAll ? [] : rows.map(rowId)))}
    />
  );
  const spanAll = columns.length + (selection === undefined ? 0 : 1) + (rowMenu === undefined ? 0 : 1);
  const spacer = (height: number) =>
    height > 0 && (
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={spanAll} style={{ height }} />
        </tr>
      </tbody>
    );

  return (
    <div className="table-frame">
      <table aria-label={label} aria-rowcount={rows.length + 1} className="table" style={{ minWidth }}>
        <colgroup>
          {selection !== undefined && <col style={{ width: 36 }} />}
          {columns.map((column) => (
            <col key={column.id} className={columnClass(column)} style={{ width: column.width }} />
          ))}
          {rowMenu !== undefined && <col style={{ width: 44 }} />}
        </colgroup>
        <DataTableHead
          columns={columns}
          sort={sort}
          onSort={onSort}
          selectAll={selectAll}
          menuLabel={rowMenu === undefined ? undefined : t('actions')}
        />
        {spacer(above)}
        <tbody ref={body} onKeyDown={onKeyDown} onFocus={onFocus}>
          {rows.slice(from, to).map((row, offset) => {
            const id = rowId(row);
            return (
              <DataTableRow
                key={id}
                id={id}
                row={row}
                index={from + offset}
                columns={columns}
                isActive={from + offset === active}
                isSelected={selection?.ids.has(id) ?? false}
                onToggle={selection === undefined ? undefined : toggle}
                {...(rowMenu === undefined ? {} : { rowMenu })}
              />
            );
          })}
        </tbody>
        {spacer(below)}
      </table>
    </div>
  );
}
