import { numberAt, stringMapAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';
import { buildPod } from './build-pod';
import { claimantKeys, claimPods } from './claim-pods';
import { conditionsOf, withCondition, withoutZeros } from './conditions';
import type { Controller, ControllerContext } from './controller';
import { keyOf, ownOrOwnerKeys, refOf, toTime } from './object-keys';
import { createPods, deletePods } from './pod-creation';
import { conditionOf, isActive, isReady, podPhase, podsOf, untilAvailableMs } from './pod-state';
import { RetryLater, type WorkQueue } from './work-queue';

interface ReplicatedKind {
  readonly kind: string;
  readonly resource: string;
  readonly component: string;
}

const REPLICA_SET: ReplicatedKind = {
  kind: 'ReplicaSet',
  resource: 'replicasets.apps',
  component: 'replicaset-controller',
};

const REPLICATION_CONTROLLER: ReplicatedKind = {
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  component: 'replication-controller',
};

interface ReplicaCounts {
  readonly active: readonly KubeObject[];
  readonly fullyLabeled: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

/** Keeps as many pods as `spec.replicas` says. */
function createReplicaController(kind: ReplicatedKind, context: ControllerContext): Controller {
  const { store } = context;
  const reconcile = async (key: string, queue: WorkQueue) => {
    const owner = store.get(kind.resource, refOf(key));
    if (owner === undefined || owner.metadata.deletionTimestamp !== undefined) return;
    claimPods(store, owner);
    const failure = await adjust(kind, context, owner);
    const current = store.get(kind.resource, refOf(key));
    if (current === undefined) return;
    const counts = countPods(context, current, (delayMs) => queue.addAfter(key, delayMs));
    store.updateStatus(kind.resource, { ...current, status: statusOf(context, current, counts, failure) }, MANAGED);
    if (failure !== undefined) throw new RetryLater(failure);
  };
  return {
    name: kind.component,
    initialKeys: () => store.list(kind.resource).map((object) => keyOf(object.metadata)),
    keysOf: (event) => [...ownOrOwnerKeys(event, kind.kind, ['Pod']), ...claimantKeys(store, kind.resource, event)],
    reconcile,
  };
}

const MANAGED = { manager: 'kube-controller-manager' };

export function replicasOf(object: KubeObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 1;
}

async function adjust(
  kind: ReplicatedKind,
  context: ControllerContext,
  owner: KubeObject,
): Promise<string | undefined> {
  const active = podsOf(context.store, owner).filter(isActive);
  const missing = replicasOf(owner) - active.length;
  if (missing > 0) {
    const pods = Array.from({ length: Math.min(missing, 500) }, () => buildPod(owner));
    return (await createPods(context, { owner, component: kind.component, pods })).failure;
  }
  deletePods(context, owner, kind.component, rankForDeletion(active).slice(0, -missing || 0));
  return undefined;
}

/** Pods that matter least come first: without a node, pending, not ready, then the youngest. */
function rankForDeletion(pods: readonly KubeObject[]): KubeObject[] {
  const rank = (pod: KubeObject) => {
    if (pod.spec?.nodeName === undefined) return 0;
    if (podPhase(pod) !== 'Running') return 1;
    return isReady(pod) ? 3 : 2;
  };
  const bornAt = (pod: KubeObject) => Date.parse(pod.metadata.creationTimestamp);
  return [...pods].sort((left, right) => rank(left) - rank(right) || bornAt(right) - bornAt(left));
}

function countPods(context: ControllerContext, owner: KubeObject, later: (delayMs: number) => void): ReplicaCounts {
  const pods = podsOf(context.store, owner);
  const active = pods.filter(isActive);
  const wanted = Object.entries(stringMapAt(owner, 'spec', 'template', 'metadata', 'labels'));
  const minReadySeconds = numberAt(owner, 'spec', 'minReadySeconds') ?? 0;
  let available = 0;
  for (const pod of active.filter(isReady)) {
    const waitMs = untilAvailableMs(pod, minReadySeconds, context.now());
    if (waitMs === 0) available += 1;
    else later(waitMs);
  }
  return {
    active,
    fullyLabeled: active.filter((pod) => wanted.every(([name, value]) => pod.metadata.labels?.[name] === value)).length,
    ready: active.filter(isReady).length,
    available,
    terminating: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
  };
}

function statusOf(
  context: ControllerContext,
  owner: KubeObject,
  counts: ReplicaCounts,
  failure: string | undefined,
): JsonObject {
  // The first refusal stays: each attempt names another pod, and a new message would be a change that asks for a look.
  const failed: JsonObject = conditionOf(owner, 'ReplicaFailure') ?? {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: toTime(context.now()),
    reason: 'FailedCreate',
    message: failure,
  };
  const conditions = withCondition(conditionsOf(owner), 'ReplicaFailure', failure === undefined ? undefined : failed);
  const optional = withoutZeros({
    fullyLabeledReplicas: counts.fullyLabeled,
    readyReplicas: counts.ready,
    availableReplicas: counts.available,
  });
  return {
    replicas: counts.active.length,
    ...optional,
    ...(owner.kind === 'ReplicaSet' ? { terminatingReplicas: counts.terminating } : {}),
    observedGeneration: owner.metadata.generation ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

export function createReplicaSetController(context: ControllerContext): Controller {
  return createReplicaController(REPLICA_SET, context);
}

export function createReplicationControllerController(context: ControllerContext): Controller {
  return createReplicaController(REPLICATION_CONTROLLER, context);
}
