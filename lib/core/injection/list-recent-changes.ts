import { RESTARTED_AT_ANNOTATION } from '@/lib/core/kube/names';
import type { EventRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { rememberEach } from '@/lib/core/remember-each';
import { hasSidecar } from './classify-pod';
import type { WorkloadVerdict } from './classify-workload';
import type { JudgedNamespace } from './list-problems';
import { parseRefusal } from './parse-refusal';
import { say } from './say';

export type RecentChangeKind = 'label' | 'rollout' | 'injection' | 'failure';

export interface RecentChange {
  /** ISO time. */
  readonly at: string;
  readonly kind: RecentChangeKind;
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly because: Phrase;
}

const HOUR_MS = 3_600_000;
const MOST = 50;

/**
 * Lists what changed about injection lately: label switches, rollouts, pods that got a sidecar, pods that could not be created.
 *
 * Input: judged namespaces, the events of the cluster, `now` in ISO time, and how far back to look.
 * Output: newest first, at most 50. A change is taken from the objects themselves (who wrote a label and when, restart times, ages), so it is the last of its kind per object; failures of one cause are told once, at the workload on top.
 */
export function listRecentChanges(
  namespaces: readonly JudgedNamespace[],
  events: Iterable<EventRecord>,
  now: string,
  windowMs: number = HOUR_MS,
): readonly RecentChange[] {
  const until = Date.parse(now);
  const isRecent = ({ time }: DatedChange) => time > until - windowMs && time <= until;
  return [
    ...namespaces.flatMap(findLabelSwitches),
    ...namespaces
      .flatMap(({ workloads }) => workloads)
      .flatMap((verdict) => [...findRollouts(verdict), ...findInjections(verdict, until - windowMs)]),
    ...findFailures(events, namespaces).map(toDated),
  ]
    .filter(isRecent)
    .sort((a, b) => b.time - a.time)
    .slice(0, MOST)
    .map(({ change }) => change);
}

interface DatedChange {
  readonly time: number;
  readonly change: RecentChange;
}

const toDated = (change: RecentChange): DatedChange => ({ time: Date.parse(change.at), change });
const findLabelSwitches = rememberEach((namespace: JudgedNamespace) => findLabelSwitch(namespace).map(toDated));
const findRollouts = rememberEach((verdict: WorkloadVerdict) => findRollout(verdict).map(toDated));

function findLabelSwitch({ context }: JudgedNamespace): readonly RecentChange[] {
  const changed = context.namespace?.labelsChanged;
  if (changed === undefined) return [];
  const { name, mode } = context;
  const manager = changed.manager || '–';
  const because =
    mode.label === '' ? say('change.label-written', { manager }) : say('change.label', { label: mode.label, manager });
  return [{ at: changed.at, kind: 'label', object: { kind: 'Namespace', namespace: name, name }, because }];
}

function findRollout({ workload }: WorkloadVerdict): readonly RecentChange[] {
  const { record, members } = workload;
  const object = toObject(workload);
  const restartedAt = record?.template.annotations[RESTARTED_AT_ANNOTATION];
  const newest = members
    .filter(({ kind }) => kind === 'ReplicaSet')
    .reduce((last, { createdAt }) => (createdAt > last ? createdAt : last), '');
  const restart: readonly RecentChange[] =
    restartedAt === undefined ? [] : [{ at: restartedAt, kind: 'rollout', object, because: say('change.restarted') }];
  const isTold = restartedAt !== undefined && Math.abs(Date.parse(newest) - Date.parse(restartedAt)) < SAME_ROLLOUT_MS;
  const isFirst =
    record !== undefined &&
    newest !== '' &&
    Math.abs(Date.parse(newest) - Date.parse(record.createdAt)) < SAME_ROLLOUT_MS;
  if (newest === '' || isTold) return restart;
  return [
    ...restart,
    { at: newest, kind: 'rollout', object, because: say(isFirst ? 'change.created' : 'change.rolled-out') },
  ];
}

/** A ReplicaSet follows its cause within this time. */
const SAME_ROLLOUT_MS = 10_000;

const listInjected = rememberEach(({ pods }: WorkloadVerdict) =>
  pods
    .filter(({ pod }) => hasSidecar(pod))
    .map(({ pod, verdict }) => ({ at: pod.createdAt, time: Date.parse(pod.createdAt), revision: verdict.revision })),
);

function findInjections(verdict: WorkloadVerdict, sinceMs: number): readonly DatedChange[] {
  const recent = listInjected(verdict).filter(({ time }) => time > sinceMs);
  const at = recent.reduce((last, pod) => (pod.at > last ? pod.at : last), '');
  if (at === '') return [];
  const revision = recent[0]?.revision ?? '–';
  const because = say('change.injected', { count: recent.length, revision });
  return [toDated({ at, kind: 'injection', object: toObject(verdict.workload), because })];
}

/** Events name what tried to create the pod; a person knows the workload on top of it. */
const indexOwners = rememberEach(({ workloads }: JudgedNamespace): ReadonlyMap<string, RecentChange['object']> => {
  const owners = workloads.flatMap(({ workload }) =>
    workload.members.map(({ kind, name }) => [`${kind}/${name}`, toObject(workload)] as const),
  );
  return new Map(owners);
});

function findFailures(events: Iterable<EventRecord>, namespaces: readonly JudgedNamespace[]): readonly RecentChange[] {
  const failures = [...events].filter(({ reason }) => reason === 'FailedCreate');
  if (failures.length === 0) return [];
  const judged = new Map(namespaces.map((namespace) => [namespace.context.name, namespace]));
  const ownerOf = (namespace: string, kind: string, name: string) => {
    const known = judged.get(namespace);
    return known === undefined ? undefined : indexOwners(known).get(`${kind}/${name}`);
  };
  const newest = new Map<string, RecentChange>();
  for (const { message, lastSeen, involved, namespace } of failures) {
    const { kind, name } = involved;
    const object = ownerOf(namespace, kind, name) ?? { kind, namespace, name };
    const { because } = parseRefusal(message);
    const key = `${keyOf(object.kind, namespace, object.name)} ${because.code}`;
    const known = newest.get(key);
    if (known === undefined || Date.parse(known.at) < Date.parse(lastSeen)) {
      newest.set(key, { at: lastSeen, kind: 'failure', object, because });
    }
  }
  return [...newest.values()];
}

const keyOf = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`;

function toObject({ kind, namespace, name }: WorkloadVerdict['workload']): RecentChange['object'] {
  return { kind, namespace, name };
}
