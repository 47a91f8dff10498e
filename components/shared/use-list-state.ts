'use client';
import { parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { formatSort, parseSort, type SortOrder } from './sort-order';

export interface ListState {
  readonly search: string;
  readonly sort: SortOrder;
  /** The page's token; empty on the first page. */
  readonly token: string;
  readonly setSearch: (text: string) => void;
  readonly setSort: (sort: SortOrder) => void;
  readonly goNext: (token: string) => void;
  readonly goPrevious: (() => void) | undefined;
  /** The query of the list's API address, with `more` added; empty values are left out. */
  readonly query: (more?: Readonly<Record<string, string>>) => string;
}

/** Search, sort and page of a list, kept in the URL as `q`, `sort` and `page`. A new search or sort starts at page one. */
export function useListState(defaultSort: string): ListState {
  const [{ q, sort, page }, setQuery] = useQueryStates({
    q: parseAsString.withDefault(''),
    sort: parseAsString.withDefault(defaultSort),
    page: parseAsString.withDefault(''),
  });
  const [visited, setVisited] = useState<readonly string[]>([]);

  const restart = (change: { q?: string; sort?: string }) => {
    setVisited([]);
    void setQuery({ ...change, page: null });
  };
  const goPrevious = () => {
    setVisited(visited.slice(0, -1));
    const previous = visited.at(-1) ?? '';
    void setQuery({ page: previous === '' ? null : previous });
  };
  return {
    search: q,
    sort: parseSort(sort),
    token: page,
    setSearch: (text) => restart({ q: text }),
    setSort: (next) => restart({ sort: formatSort(next) }),
    goNext: (token) => {
      setVisited([...visited, page]);
      void setQuery({ page: token });
    },
    goPrevious: page === '' ? undefined : goPrevious,
    query: (more = {}) => {
      const all = { search: q, sort, continue: page, ...more };
      return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
    },
  };
}
