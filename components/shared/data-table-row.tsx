import { useTranslations } from 'next-intl';
import { memo, type ReactNode } from 'react';
import { Checkbox } from './checkbox';
import { type Column, columnClass } from './table-column';

interface DataTableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Selects or deselects; without it rows cannot be selected. */
  readonly onToggle: ((id: string) => void) | undefined;
  rowMenu?(row: Row): ReactNode;
}

function RowView<Row>(props: DataTableRowProps<Row>) {
  const { id, row, index, columns, isActive, isSelected, onToggle, rowMenu } = props;
  const t = useTranslations('shared.table');
  const cell = 'h-9 border-b border-line px-3';
  return (
    <tr
      tabIndex={isActive ? 0 : -1}
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={onToggle === undefined ? undefined : isSelected}
      className={`group ${isSelected ? 'bg-accent-bg' : 'hover:bg-hover'}`}
    >
      {onToggle !== undefined && (
        <td className={`${cell} pr-0`}>
          <Checkbox label={t('select', { name: id })} isChecked={isSelected} onChange={() => onToggle(id)} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={`${cell} truncate ${columnClass(column)}`}>
          {column.cell(row)}
        </td>
      ))}
      {rowMenu !== undefined && <td className={`${cell} pl-0 text-right`}>{rowMenu(row)}</td>}
    </tr>
  );
}

/** Drawn again only when something of its own changed: scrolling and sorting draw the table many times. */
export const DataTableRow: <Row>(props: DataTableRowProps<Row>) => ReactNode = memo(RowView);
