import type { ReactNode } from 'react';
import { type Column, columnClass } from './table-column';

interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly checkbox?: ReactNode;
  readonly menu?: ReactNode;
}

export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { row, index, columns, isActive, isSelected, checkbox, menu } = props;
  const cell = 'h-9 border-b border-line px-3';
  return (
    <tr
      tabIndex={isActive ? 0 : -1}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={checkbox === undefined ? undefined : isSelected}
      className={`group ${isSelected ? 'bg-accent-bg' : 'hover:bg-hover'}`}
    >
      {checkbox !== undefined && <td className={`${cell} pr-0`}>{checkbox}</td>}
      {columns.map((column) => (
        <td key={column.id} className={`${cell} truncate ${columnClass(column)}`}>
          {column.cell(row)}
        </td>
      ))}
      {menu !== undefined && <td className={`${cell} pl-0 text-right`}>{menu}</td>}
    </tr>
  );
}
