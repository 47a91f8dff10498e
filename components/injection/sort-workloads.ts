import type { SortOrder } from '@/components/shared/sort-order';
import { STATES } from '@/components/shared/state-names';
import type { WorkloadRow } from '@/lib/api/namespaces';

type Compare = (a: WorkloadRow, b: WorkloadRow) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName: Compare = (a, b) => byText(a.name, b.name) || byText(a.kind, b.kind);

const COMPARE: Readonly<Record<string, Compare>> = {
  name: byName,
  kind: (a, b) => byText(a.kind, b.kind),
  pods: (a, b) => a.counts.total - b.counts.total,
  state: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
  revision: (a, b) => byText(a.revisions.join(' '), b.revisions.join(' ')),
  // Sorted by age, the youngest comes first.
  age: (a, b) => byText(b.createdAt, a.createdAt),
};

/** Workloads in the order that a list's head asks for; equal ones by name. */
export function sortWorkloads(rows: readonly WorkloadRow[], { by, isDescending }: SortOrder): readonly WorkloadRow[] {
  const compare = COMPARE[by] ?? byName;
  return [...rows].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)) || byName(a, b));
}
