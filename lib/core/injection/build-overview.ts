import { rememberEach } from '@/lib/core/remember-each';
import { addCounts } from './count-states';
import type { ControlPlane, ControlPlaneHealth } from './list-control-planes';
import { type JudgedNamespace, listProblems, type Problem } from './list-problems';
import { POD_STATES, type PodState, type StateCounts } from './pod-states';

/** How far the pods of one revision are: those that run it and are as wanted, and those that wait for a restart. */
export interface RevisionProgress {
  readonly revision: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly health: ControlPlaneHealth;
  /** Pods that would be injected by this revision now. */
  readonly wanted: number;
  /** Of these, pods that run it as it is now. */
  readonly current: number;
  /** Pods that run a sidecar of this revision although another one, or nobody, would serve them now. */
  readonly leaving: number;
}

export interface Overview {
  readonly counts: StateCounts;
  /** The five numbers at the top of the page. */
  readonly numbers: {
    readonly injected: number;
    readonly missing: number;
    readonly outdated: number;
    readonly refused: number;
    readonly controlPlanes: number;
  };
  /** The bar: states that occur, in a fixed order, with their share of all pods (0 to 1). */
  readonly bar: readonly { readonly state: PodState; readonly count: number; readonly share: number }[];
  readonly causes: readonly Problem[];
  readonly causeCount: number;
  readonly progress: readonly RevisionProgress[];
  readonly namespaces: {
    readonly total: number;
    readonly injecting: number;
    readonly off: number;
    readonly ambient: number;
  };
}

const SHOWN_CAUSES = 5;

/**
 * Sums up a cluster for its first page.
 *
 * Input: every namespace as judged, and the control planes.
 * Output: the worst five causes and how many there are; progress per control plane in their order.
 */
export function buildOverview(
  namespaces: readonly JudgedNamespace[],
  controlPlanes: readonly ControlPlane[],
): Overview {
  const counts = addCounts(namespaces.map(countPods));
  const problems = listProblems(namespaces, controlPlanes);
  const { injected, missing, outdated, refused, total } = counts;
  const ofMode = (kind: string) => namespaces.filter(({ context }) => context.mode.kind === kind).length;
  return {
    counts,
    numbers: { injected, missing, outdated, refused, controlPlanes: controlPlanes.length },
    bar: POD_STATES.flatMap((state) =>
      counts[state] === 0 ? [] : [{ state, count: counts[state], share: counts[state] / total }],
    ),
    causes: problems.slice(0, SHOWN_CAUSES),
    causeCount: problems.length,
    progress: buildProgress(namespaces, controlPlanes),
    namespaces: {
      total: namespaces.length,
      injecting: ofMode('sidecar'),
      off: ofMode('off'),
      ambient: ofMode('ambient'),
    },
  };
}

const countPods = rememberEach(
  ({ workloads }: JudgedNamespace): StateCounts => addCounts(workloads.map(({ counts }) => counts)),
);

type Tally = Pick<RevisionProgress, 'wanted' | 'current' | 'leaving'>;

const NOTHING: Tally = { wanted: 0, current: 0, leaving: 0 };

/** Upgrade progress per control plane, by running pods. */
export function buildProgress(
  namespaces: readonly JudgedNamespace[],
  controlPlanes: readonly ControlPlane[],
): readonly RevisionProgress[] {
  const total = new Map<string, Tally>();
  for (const namespace of namespaces) {
    for (const [revision, tally] of tallyRevisions(namespace)) add(total, revision, tally);
  }
  return controlPlanes.map(({ revision, version, tags, health }) => ({
    revision,
    version,
    tags,
    health,
    ...(total.get(revision) ?? NOTHING),
  }));
}

const tallyRevisions = rememberEach(({ workloads }: JudgedNamespace): ReadonlyMap<string, Tally> => {
  const tallies = new Map<string, Tally>();
  for (const { verdict } of workloads.flatMap(({ pods }) => pods)) {
    if (verdict.isFinished || verdict.isTerminating) continue;
    const { revision, wantedRevision, state } = verdict;
    if (wantedRevision !== undefined) {
      add(tallies, wantedRevision, { wanted: 1, current: state === 'injected' ? 1 : 0, leaving: 0 });
    }
    const isLeaving = verdict.answer !== 'unknown' && state === 'outdated' && revision !== wantedRevision;
    if (revision !== undefined && isLeaving) add(tallies, revision, { wanted: 0, current: 0, leaving: 1 });
  }
  return tallies;
});

function add(tallies: Map<string, Tally>, revision: string, { wanted, current, leaving }: Tally): void {
  const known = tallies.get(revision) ?? NOTHING;
  tallies.set(revision, {
    wanted: known.wanted + wanted,
    current: known.current + current,
    leaving: known.leaving + leaving,
  });
}
