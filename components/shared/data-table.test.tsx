// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { loadMessages } from '@/lib/i18n/load-messages';
import { DataTable } from './data-table';
import type { SortOrder } from './sort-order';
import type { Column } from './table-column';

const messages = await loadMessages('en');

interface Row {
  readonly name: string;
}
/** The rows whose first cell was drawn, in order. */
const drawn: string[] = [];
const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    sortKey: 'name',
    cell: ({ name }) => {
      drawn.push(name);
      return <a href={`#${name}`}>{name}</a>;
    },
  },
  { id: 'size', header: 'Size', cell: () => 1 },
];
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ name: `row-${index}` }));

interface PageProps {
  readonly rows: readonly Row[];
  readonly sort?: SortOrder;
  readonly onSort?: (sort: SortOrder) => void;
}

function Page({ rows, sort = { by: 'name', isDescending: false }, onSort = () => undefined }: PageProps) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return (
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <DataTable
        label="Rows"
        columns={COLUMNS}
        rows={rows}
        rowId={({ name }) => name}
        sort={sort}
        onSort={onSort}
        selection={{ ids, onChange: setIds }}
        empty={<p>No rows here</p>}
      />
    </NextIntlClientProvider>
  );
}

const rowAt = (index: number) => document.querySelector<HTMLElement>(`tr[data-row="${index}"]`);
const isSelected = (index: number) => rowAt(index)?.getAttribute('aria-selected');

afterEach(cleanup);

it('tells how it is sorted, and turns the order round at a second click', () => {
  const onSort = vi.fn();
  render(<Page rows={rowsOf(2)} onSort={onSort} />);
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
  expect(screen.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Name' }));
  expect(onSort).toHaveBeenCalledWith({ by: 'name', isDescending: true });
});

it('moves between rows by arrows, and has one row in the order of Tab', async () => {
  render(<Page rows={rowsOf(3)} />);
  rowAt(0)?.focus();
  fireEvent.keyDown(rowAt(0) ?? document.body, { key: 'ArrowDown' });
  await waitFor(() => expect(document.activeElement).toBe(rowAt(1)));
  fireEvent.keyDown(rowAt(1) ?? document.body, { key: 'End' });
  await waitFor(() => expect(document.activeElement).toBe(rowAt(2)));
  expect([0, 1, 2].map((index) => rowAt(index)?.tabIndex)).toEqual([-1, -1, 0]);
});

it('follows the link of a row on Enter', () => {
  render(<Page rows={rowsOf(1)} />);
  const clicked = vi.fn();
  screen.getByText('row-0').addEventListener('click', clicked);
  fireEvent.keyDown(rowAt(0) ?? document.body, { key: 'Enter' });
  expect(clicked).toHaveBeenCalledTimes(1);
});

it('selects by Space, and all by the box in its head', () => {
  render(<Page rows={rowsOf(2)} />);
  fireEvent.keyDown(rowAt(0) ?? document.body, { key: ' ' });
  expect([isSelected(0), isSelected(1)]).toEqual(['true', 'false']);
  const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all rows' });
  expect(all.indeterminate).toBe(true);
  fireEvent.click(all);
  expect([isSelected(0), isSelected(1)]).toEqual(['true', 'true']);
});

it('draws only the row again that changed', () => {
  drawn.length = 0;
  render(<Page rows={rowsOf(30)} />);
  expect(drawn).toHaveLength(30);
  fireEvent.keyDown(rowAt(0) ?? document.body, { key: ' ' });
  expect(isSelected(0)).toBe('true');
  expect(drawn.slice(30)).toEqual(['row-0']);
});

it('draws a part of a long list and says how long it is', () => {
  render(<Page rows={rowsOf(2_000)} />);
  expect(document.querySelectorAll('tr[data-row]').length).toBeLessThan(100);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('2001');
});

it('shows what stands in for no rows', () => {
  render(<Page rows={[]} />);
  expect(screen.getByText('No rows here')).toBeTruthy();
});
