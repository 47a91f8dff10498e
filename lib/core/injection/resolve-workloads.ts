import { POD_TEMPLATE_HASH_LABEL } from '@/lib/core/kube/names';
import type { ObjectRecord, Owner, PodRecord, TemplateRecord, WorkloadRecord } from '@/lib/core/kube/records';

/** A workload with everything under it: the controller that owns pods, or a bare pod. */
export interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Of the controller's API; empty where only a guess by name led to it. */
  readonly apiVersion: string;
  readonly createdAt: string;
  /** The top object; undefined for a bare pod and where it may not be read or is of a kind that is not watched. */
  readonly record?: WorkloadRecord;
  /** What stands between it and its pods: ReplicaSets of a Deployment, Jobs of a CronJob. */
  readonly members: readonly WorkloadRecord[];
  readonly pods: readonly PodRecord[];
}

const API_VERSIONS: Readonly<Record<string, string>> = {
  Pod: 'v1',
  ReplicationController: 'v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
};
const APPS = 'apps/v1';

/** Kinds that usually stand between a workload and its pods. */
const PASSED_THROUGH: ReadonlySet<string> = new Set(['ReplicaSet', 'ReplicationController', 'Job']);

interface Draft {
  kind: string;
  name: string;
  namespace: string;
  apiVersion: string;
  createdAt: string;
  record?: WorkloadRecord;
  members: WorkloadRecord[];
  pods: PodRecord[];
}

/**
 * Groups pods under the workloads that a person knows: the top of each owner chain.
 *
 * Input: workload records of all kinds and pods, of one namespace or of many.
 * Output: by namespace, kind and name. A workload without pods is a row; a ReplicaSet or Job under an owner is not, but a member.
 * A pod whose owner cannot be read is put under that owner's name; a ReplicaSet that cannot be read under the Deployment that its hash gives away.
 * Never throws, and cycles of owners end.
 * Source: Istio, pkg/kube/inject, GetDeployMetaFromPod, for the hash.
 */
export function resolveWorkloads(workloads: Iterable<WorkloadRecord>, pods: Iterable<PodRecord>): readonly Workload[] {
  const records = [...workloads];
  const byUid = new Map(records.map((record) => [record.uid, record]));
  const drafts = new Map<string, Draft>();
  for (const record of records) {
    const top = climb(record, byUid);
    const owner = ownerToFollow(top);
    const draft = draftOf(drafts, owner === undefined ? toTop(top) : ownerAsTop(top, owner));
    if (top === record && owner === undefined) draft.record = record;
    else draft.members.push(record);
  }
  for (const pod of pods) draftOf(drafts, topOfPod(pod, byUid)).pods.push(pod);
  return [...drafts.values()].sort(compareDrafts);
}

/** The pod template of a workload, or of what stands under it. */
export function templateOf(workload: Workload): TemplateRecord | undefined {
  return workload.record?.template ?? workload.members.at(-1)?.template;
}

function climb(start: WorkloadRecord, byUid: ReadonlyMap<string, WorkloadRecord>): WorkloadRecord {
  let top = start;
  const seen = new Set<string>();
  for (let owner = ownerToFollow(top); owner !== undefined && !seen.has(top.uid); owner = ownerToFollow(top)) {
    seen.add(top.uid);
    const next = byUid.get(owner.uid);
    if (next === undefined) return top;
    top = next;
  }
  return top;
}

/** A Deployment may belong to an operator's object, a static pod to its node: neither owner is the workload. */
function ownerToFollow(record: ObjectRecord): Owner | undefined {
  if (record.kind === 'Pod') return record.owner?.kind === 'Node' ? undefined : record.owner;
  return PASSED_THROUGH.has(record.kind) ? record.owner : undefined;
}

type Top = Pick<Draft, 'kind' | 'name' | 'namespace' | 'apiVersion' | 'createdAt'>;

function topOfPod(pod: PodRecord, byUid: ReadonlyMap<string, WorkloadRecord>): Top {
  const named = ownerToFollow(pod);
  if (named === undefined) return toTop(pod);
  const owner = byUid.get(named.uid);
  if (owner === undefined) return ownerAsTop(pod, named);
  const top = climb(owner, byUid);
  const above = ownerToFollow(top);
  return above === undefined ? toTop(top) : ownerAsTop(top, above);
}

function toTop(record: ObjectRecord): Top {
  const { kind, name, namespace, createdAt } = record;
  return { kind, name, namespace, createdAt, apiVersion: API_VERSIONS[kind] ?? APPS };
}

function ownerAsTop(owned: ObjectRecord, owner: Owner): Top {
  const { namespace, createdAt } = owned;
  const hash = owned.labels[POD_TEMPLATE_HASH_LABEL];
  const suffix = `-${hash ?? ''}`;
  if (owned.kind === 'Pod' && owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(suffix)) {
    return { kind: 'Deployment', name: owner.name.slice(0, -suffix.length), namespace, createdAt, apiVersion: '' };
  }
  return { kind: owner.kind, name: owner.name, namespace, createdAt, apiVersion: owner.apiVersion };
}

function draftOf(drafts: Map<string, Draft>, top: Top): Draft {
  const key = `${top.namespace}/${top.kind}/${top.name}`;
  const found = drafts.get(key);
  if (found !== undefined) return found;
  const draft: Draft = { members: [], pods: [], ...pickTop(top) };
  drafts.set(key, draft);
  return draft;
}

function pickTop({ kind, name, namespace, apiVersion, createdAt }: Top): Top {
  return { kind, name, namespace, apiVersion, createdAt };
}

function compareDrafts(a: Draft, b: Draft): number {
  return compare(a.namespace, b.namespace) || compare(a.kind, b.kind) || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
