import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  cell(row: Row): ReactNode;
  /** The key to sort by; without it the column cannot be sorted. */
  readonly sortKey?: string;
  readonly align?: 'end';
  /** A CSS width ("22%", "96px"); columns without one share what is left. */
  readonly width?: string;
  /** The column is left out on windows narrower than this. */
  readonly hideBelow?: 'md' | 'lg' | 'xl';
}

const HIDE_BELOW = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

export const columnClass = ({ align, hideBelow }: Pick<Column<never>, 'align' | 'hideBelow'>): string =>
  `${align === 'end' ? 'text-right' : 'text-left'} ${hideBelow === undefined ? '' : HIDE_BELOW[hideBelow]}`;
