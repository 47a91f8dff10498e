import { STATE_ORDER } from '@/lib/core/injection/pod-states';
import type { WorkloadRow } from './namespaces';

type Compare = (a: WorkloadRow, b: WorkloadRow) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName: Compare = (a, b) => byText(a.name, b.name) || byText(a.kind, b.kind);

const COMPARE = {
  name: byName,
  kind: (a, b) => byText(a.kind, b.kind),
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
  pods: (a, b) => a.counts.total - b.counts.total,
  revision: (a, b) => byText(a.revisions.join(' '), b.revisions.join(' ')),
  // Sorted by age, the youngest comes first.
  age: (a, b) => byText(b.createdAt, a.createdAt),
} satisfies Record<string, Compare>;

export const WORKLOAD_SORTS = Object.keys(COMPARE);

/** Workloads by a column (`-` in front for descending), equal ones by name; by name where there is no such column. */
export function sortWorkloads(rows: readonly WorkloadRow[], sort: string): readonly WorkloadRow[] {
  const isDescending = sort.startsWith('-');
  const column = isDescending ? sort.slice(1) : sort;
  const compare = new Map<string, Compare>(Object.entries(COMPARE)).get(column) ?? byName;
  return [...rows].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)) || byName(a, b));
}
