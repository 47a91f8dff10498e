'use client';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const SEVERITIES = ['error', 'warning', 'notice'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SEVERITY_SHAPE = { error: 'refused', warning: 'missing', notice: 'not-injected' } as const;

export interface ProblemFilters {
  readonly q: string;
  readonly severity: Severity | null;
  readonly namespace: string | null;
  /** Causes whose objects are shown; null before anybody opened or closed one. */
  readonly open: readonly string[] | null;
}

const NOTHING = { q: null, severity: null, namespace: null };

/** What is searched and open, kept in the URL so that every view can be linked. */
export function useProblemFilters() {
  const [filters, setFilters] = useQueryStates({
    q: parseAsString.withDefault(''),
    severity: parseAsStringLiteral(SEVERITIES),
    namespace: parseAsString,
    open: parseAsArrayOf(parseAsString),
  });
  const change = (next: Partial<ProblemFilters>) => {
    const { open, ...rest } = next;
    void setFilters({ ...rest, ...(open === undefined ? {} : { open: open === null ? null : [...open] }) });
  };
  return { filters, change, clear: () => void setFilters(NOTHING) };
}

/** The API's query for the same filters. */
export function toProblemsQuery(
  { q, severity, namespace }: ProblemFilters,
  more: Readonly<Record<string, string>> = {},
) {
  const all = { search: q, severity: severity ?? '', namespace: namespace ?? '', ...more };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
}
