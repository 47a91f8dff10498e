'use client';
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

const KINDS = ['added', 'changed', 'removed'] as const;

/** What the change list shows, kept in the URL. */
export function useChangeFilter() {
  const [{ q, kind, cluster }, set] = useQueryStates({
    q: parseAsString.withDefault(''),
    kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
    cluster: parseAsBoolean.withDefault(false),
  });
  return {
    filter: { search: q, kinds: kind },
    isClusterShown: cluster,
    kinds: KINDS,
    setSearch: (text: string) => void set({ q: text === '' ? null : text }),
    toggleKind: (each: (typeof KINDS)[number]) => {
      const next = kind.includes(each) ? kind.filter((other) => other !== each) : [...kind, each];
      void set({ kind: next.length === 0 ? null : next });
    },
    showCluster: (isShown: boolean) => void set({ cluster: isShown ? true : null }),
    clear: () => void set({ q: null, kind: null }),
  };
}
