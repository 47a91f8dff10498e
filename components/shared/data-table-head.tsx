import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { nextSort, type SortOrder } from './sort-order';
import { type Column, columnClass } from './table-column';

interface DataTableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: SortOrder | null;
  readonly onSort?: ((sort: SortOrder) => void) | undefined;
  /** The cell over the checkboxes. */
  readonly selectAll?: ReactNode;
  readonly menuLabel?: string | undefined;
}

function SortIcon({ direction }: { readonly direction: 'up' | 'down' | null }) {
  if (direction === null) {
    return <ChevronsUpDown aria-hidden="true" size={12} className="opacity-0 group-hover:opacity-100" />;
  }
  const Icon = direction === 'up' ? ArrowUp : ArrowDown;
  return <Icon aria-hidden="true" size={12} />;
}

export function DataTableHead<Row>({ columns, sort, onSort, selectAll, menuLabel }: DataTableHeadProps<Row>) {
  const cell = 'table-head-cell h-8 px-3 font-medium text-ink-3';
  return (
    <thead>
      <tr>
        {selectAll !== undefined && <th className={`${cell} w-9 pr-0`}>{selectAll}</th>}
        {columns.map((column) => {
          const { id, header, sortKey } = column;
          const direction = sortKey === undefined || sort?.by !== sortKey ? null : sort.isDescending ? 'down' : 'up';
          const order = direction === 'up' ? 'ascending' : direction === 'down' ? 'descending' : undefined;
          return (
            <th key={id} scope="col" aria-sort={order} className={`${cell} ${columnClass(column)}`}>
              {sortKey === undefined || onSort === undefined ? (
                <span className="block truncate">{header}</span>
              ) : (
                <button
                  type="button"
                  onClick={() => onSort(nextSort(sort, sortKey))}
                  className={`group inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink ${direction === null ? '' : 'text-ink'} ${column.align === 'end' ? 'flex-row-reverse' : ''}`}
                >
                  <span className="truncate">{header}</span>
                  <SortIcon direction={direction} />
                </button>
              )}
            </th>
          );
        })}
        {menuLabel !== undefined && (
          <th className={`${cell} w-11`}>
            <span className="sr-only">{menuLabel}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
