import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { PodRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { hasSidecar } from './classify-pod';
import type { WorkloadVerdict } from './classify-workload';
import { say } from './say';

/** Kinds whose pods injection changes, from the pod outwards. */
const TOUCHED_KINDS = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
  'ReplicationController',
] as const;

/** Kinds that injection never changes, though a mesh makes use of them. */
const UNTOUCHED_KINDS = ['Service', 'ConfigMap', 'Secret'] as const;

export type TouchedKind = (typeof TOUCHED_KINDS)[number];
export type UntouchedKind = (typeof UNTOUCHED_KINDS)[number];

/** What pods got from injection, as their status annotations list it. */
export interface Gained {
  readonly pods: number;
  readonly containers: number;
  readonly initContainers: number;
  readonly volumes: number;
}

export interface TouchedKindReach {
  readonly kind: TouchedKind;
  readonly objects: number;
  readonly pods: number;
  readonly gained: Gained;
  readonly because: Phrase;
}

export interface UntouchedKindReach {
  readonly kind: UntouchedKind;
  /** Undefined when the kind may not be read. */
  readonly objects: number | undefined;
  readonly because: Phrase;
}

export interface KindReach {
  readonly touched: readonly TouchedKindReach[];
  readonly untouched: readonly UntouchedKindReach[];
}

const NOTHING: Gained = { pods: 0, containers: 0, initContainers: 0, volumes: 0 };

/**
 * Splits the kinds of a namespace into those that injection reaches and those it never does, with what each gained.
 *
 * Input: the namespace's workloads as judged, and how many Services, ConfigMaps and Secrets there are (absent: may not be read).
 * Output: every kind, also with no object. A pod counts for its own kind, for the ReplicaSet or Job in between and for the workload on top.
 * The objects of these kinds themselves stay as written: only their pods change, when they are created.
 */
export function listKindReach(
  workloads: readonly WorkloadVerdict[],
  others: Readonly<Partial<Record<UntouchedKind, number>>>,
): KindReach {
  return {
    touched: TOUCHED_KINDS.map((kind) => reachOf(kind, workloads)),
    untouched: UNTOUCHED_KINDS.map((kind) => ({ kind, objects: others[kind], because: say(`reach.${kind}`) })),
  };
}

function reachOf(kind: TouchedKind, workloads: readonly WorkloadVerdict[]): TouchedKindReach {
  const pods = workloads.flatMap(({ workload }) => podsUnder(kind, workload));
  return {
    kind,
    objects: kind === 'Pod' ? pods.length : workloads.reduce((sum, { workload }) => sum + objectsOf(kind, workload), 0),
    pods: pods.length,
    gained: sumGained(pods),
    because: say(`reach.${kind}`),
  };
}

function objectsOf(kind: TouchedKind, { kind: top, members }: WorkloadVerdict['workload']): number {
  return (top === kind ? 1 : 0) + members.filter((member) => member.kind === kind).length;
}

function podsUnder(kind: TouchedKind, { kind: top, members, pods }: WorkloadVerdict['workload']): readonly PodRecord[] {
  if (kind === 'Pod' || top === kind) return pods;
  const uids = new Set(members.filter((member) => member.kind === kind).map(({ uid }) => uid));
  return pods.filter(({ owner }) => owner !== undefined && uids.has(owner.uid));
}

/** Sums what injection added to pods; a proxy in either list of containers counts where the pod runs it. */
export function sumGained(pods: readonly PodRecord[]): Gained {
  return pods.filter(hasSidecar).reduce<Gained>((sum, { injection, initContainers }) => {
    const isNative = initContainers.some(({ name }) => name === PROXY_CONTAINER);
    const listed = injection?.initContainers ?? [];
    const init = listed.filter((name) => !(isNative && name === PROXY_CONTAINER)).length;
    const running = (injection?.containers.length ?? 0) + (listed.length - init);
    return {
      pods: sum.pods + 1,
      containers: sum.containers + running,
      initContainers: sum.initContainers + init,
      volumes: sum.volumes + (injection?.volumes.length ?? 0),
    };
  }, NOTHING);
}
