import 'server-only';
import type { NamespaceRow, NamespacesAnswer, NamespacesQuery } from '@/lib/api/namespaces';
import type { ClusterSession } from '@/lib/cluster/session';
import { addCounts } from '@/lib/core/injection/count-states';
import type { Problem } from '@/lib/core/injection/list-problems';
import type { StateCounts } from '@/lib/core/injection/pod-states';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { DATAPLANE_MODE_LABEL, INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import { rememberEach } from '@/lib/core/remember-each';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { KeptAnswers } from './kept-answers';

/** Labels that a row shows; the rest are searched but not sent. */
const SHOWN_LABELS = [INJECTION_LABEL, REVISION_LABEL, DATAPLANE_MODE_LABEL];
const MODE_ORDER = ['sidecar', 'ambient', 'off', 'unknown'];

const answers = new KeptAnswers<NamespacesAnswer>();

/** The namespaces that match, sorted, one page of them, and the sums over all. */
export function buildNamespacesAnswer(session: ClusterSession, query: NamespacesQuery): Promise<NamespacesAnswer> {
  return answers.get(session, JSON.stringify(query), async () => {
    const model = modelOf(session);
    await model.warm();
    return toAnswer(model.all(), query, answerMeta(session));
  });
}

function toAnswer(
  all: readonly NamespaceSummary[],
  query: NamespacesQuery,
  meta: NamespacesAnswer['meta'],
): NamespacesAnswer {
  const matching = all.filter((summary) => matches(summary, query)).sort(comparing(query.sort));
  const from = query.continue === undefined ? 0 : Number(query.continue);
  const next = from + query.limit;
  return {
    items: matching.slice(from, next).map(toRow),
    list: {
      total: matching.length,
      all: all.length,
      ...(next < matching.length ? { continue: String(next) } : {}),
    },
    ...sumUp(all),
    meta,
  };
}

/** What every page of one state of the cluster repeats. */
const sumUp = rememberEach((all: readonly NamespaceSummary[]) => ({
  summary: summarize(all),
  revisions: [...new Set(all.flatMap(({ mode }) => mode.servedBy?.revision ?? []))].sort(),
}));

export function toRow({ name, mode, counts, problems, workloads, context }: NamespaceSummary): NamespaceRow {
  const { namespace } = context;
  const labels = namespace?.labels ?? {};
  return {
    name,
    resourceVersion: namespace?.resourceVersion ?? '',
    createdAt: namespace?.createdAt ?? '',
    phase: namespace?.phase ?? '',
    labels: Object.fromEntries(SHOWN_LABELS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]]))),
    mode: { ...mode, notes: [...mode.notes] },
    counts,
    problems: problems.map(toProblemCount),
    workloads: workloads.length,
  };
}

function toProblemCount({ cause, severity, title, pods }: Problem) {
  return { cause, severity, title, pods };
}

/** Pods that are not as the labels ask. */
function countAstray(counts: StateCounts): number {
  return counts.outdated + counts.missing + counts.refused;
}

function summarize(all: readonly NamespaceSummary[]): NamespacesAnswer['summary'] {
  const counts = addCounts(all.map((summary) => summary.counts));
  const injecting = all.filter(({ mode }) => mode.kind === 'sidecar');
  return {
    injecting: injecting.length,
    namespaces: all.length,
    controlPlanes: new Set(injecting.flatMap(({ mode }) => mode.servedBy?.revision ?? [])).size,
    podsAstray: countAstray(counts),
    podsUnknown: counts.unknown,
    pods: counts.total,
    causes: new Set(all.flatMap(({ problems }) => problems.map(({ cause }) => cause))).size,
  };
}

function matches(summary: NamespaceSummary, query: NamespacesQuery): boolean {
  if (query.mode !== undefined && summary.mode.kind !== query.mode) return false;
  if (query.revision !== undefined && summary.mode.servedBy?.revision !== query.revision) return false;
  if (query.state !== undefined && summary.counts[query.state] === 0) return false;
  if (query.problems === 'true' && summary.problems.length === 0) return false;
  const search = query.search.trim().toLowerCase();
  if (search === '' || summary.name.includes(search)) return true;
  const labels = summary.context.namespace?.labels ?? {};
  return Object.entries(labels).some(([key, value]) => `${key}=${value}`.toLowerCase().includes(search));
}

type Compare = (a: NamespaceSummary, b: NamespaceSummary) => number;

const byName: Compare = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const created = ({ context }: NamespaceSummary) => Date.parse(context.namespace?.createdAt ?? '') || 0;
const injected = ({ counts }: NamespaceSummary) => counts.injected + counts.outdated;

const COMPARE: Readonly<Record<string, Compare>> = {
  name: byName,
  mode: (a, b) => MODE_ORDER.indexOf(a.mode.kind) - MODE_ORDER.indexOf(b.mode.kind),
  pods: (a, b) => injected(a) - injected(b),
  problems: (a, b) => weight(a) - weight(b),
  workloads: (a, b) => a.workloads.length - b.workloads.length,
  // Sorted by age, the youngest comes first.
  age: (a, b) => created(b) - created(a),
};

const WEIGHT = { error: 1_000_000, warning: 1_000, notice: 1 };

function weight({ problems }: NamespaceSummary): number {
  return problems.reduce((sum, { severity, pods }) => sum + WEIGHT[severity] * Math.max(1, pods), 0);
}

function comparing(sort: string): Compare {
  const isDescending = sort.startsWith('-');
  const compare = COMPARE[isDescending ? sort.slice(1) : sort] ?? byName;
  return (a, b) => (isDescending ? compare(b, a) : compare(a, b)) || byName(a, b);
}
