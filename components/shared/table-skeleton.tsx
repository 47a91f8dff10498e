import { DataTableHead } from './data-table-head';
import { SkeletonLine } from './skeleton';
import { type Column, columnClass } from './table-column';

interface TableSkeletonProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rowCount?: number;
  readonly hasSelection?: boolean;
  readonly minWidth?: number;
}

const WIDTHS = ['w-24', 'w-16', 'w-20', 'w-28', 'w-14'];

/** The table before its rows arrive: the same heads, the same heights. */
export function TableSkeleton<Row>(props: TableSkeletonProps<Row>) {
  const { columns, rowCount = 8, hasSelection = false, minWidth = 640 } = props;
  return (
    <div className="table-frame" aria-hidden="true">
      <table className="table" style={{ minWidth }}>
        <colgroup>
          {hasSelection && <col style={{ width: 36 }} />}
          {columns.map((column) => (
            <col key={column.id} className={columnClass(column)} style={{ width: column.width }} />
          ))}
        </colgroup>
        <DataTableHead columns={columns} sort={null} selectAll={hasSelection ? <span /> : undefined} />
        <tbody>
          {Array.from({ length: rowCount }, (_, row) => row).map((row) => (
            <tr key={row}>
              {hasSelection && <td className="h-9 border-b border-line" />}
              {columns.map((column, index) => (
                <td key={column.id} className={`h-9 border-b border-line px-3 ${columnClass(column)}`}>
                  <SkeletonLine
                    className={`${WIDTHS[(row + index) % WIDTHS.length]} max-w-full ${column.align === 'end' ? 'ml-auto w-8' : ''}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
