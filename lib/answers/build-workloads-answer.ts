import 'server-only';
import type { WorkloadRow, WorkloadsAnswer, WorkloadsQuery } from '@/lib/api/namespaces';
import type { ClusterSession } from '@/lib/cluster/session';
import { STATE_ORDER } from '@/lib/core/injection/pod-states';
import { answerMeta } from './answer-meta';
import { requireNamespace } from './require-namespace';
import { toWorkloadRow } from './to-rows';

type Compare = (a: WorkloadRow, b: WorkloadRow) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName: Compare = (a, b) => byText(a.name, b.name) || byText(a.kind, b.kind);
const COMPARE: Readonly<Record<string, Compare>> = {
  name: byName,
  kind: (a, b) => byText(a.kind, b.kind),
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
  pods: (a, b) => a.counts.total - b.counts.total,
  // Sorted by age, the youngest comes first.
  age: (a, b) => byText(b.createdAt, a.createdAt),
};

/** The workloads of a namespace that match, sorted, one page of them. */
export function buildWorkloadsAnswer(
  session: ClusterSession,
  namespace: string,
  query: WorkloadsQuery,
): WorkloadsAnswer {
  const all = requireNamespace(session, namespace).workloads.map(toWorkloadRow);
  const search = query.search.trim().toLowerCase();
  const isDescending = query.sort.startsWith('-');
  const compare = COMPARE[isDescending ? query.sort.slice(1) : query.sort] ?? byName;
  const matching = all
    .filter(({ name, kind }) => name.includes(search) || kind.toLowerCase().includes(search))
    .filter(({ state }) => query.state === undefined || state === query.state)
    .sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)) || byName(a, b));
  const from = query.continue === undefined ? 0 : Number(query.continue);
  const next = from + query.limit;
  return {
    items: matching.slice(from, next),
    list: { total: matching.length, all: all.length, ...(next < matching.length ? { continue: String(next) } : {}) },
    meta: answerMeta(session),
  };
}
