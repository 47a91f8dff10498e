import { numberAt, stringAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';
import { conditionsOf, withCondition, withoutZeros } from './conditions';
import type { ReplicaSets } from './deployment-replica-sets';
import { toTime } from './object-keys';
import { conditionOf } from './pod-state';
import { replicasOf } from './replica-set-controller';
import { rolloutLimits } from './rollout-sizes';

type CountField = 'replicas' | 'readyReplicas' | 'availableReplicas' | 'terminatingReplicas';

function sumOf(sets: readonly KubeObject[], field: CountField): number {
  return sets.reduce((total, set) => total + (numberAt(set, 'status', field) ?? 0), 0);
}

interface Counts {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
}

/**
 * The Deployment's status after its ReplicaSets.
 *
 * Source: Kubernetes, pkg/controller/deployment/sync.go (calculateStatus) and progress.go (syncRolloutStatus).
 */
export function buildDeploymentStatus(deployment: KubeObject, sets: ReplicaSets, now: number): JsonObject {
  const counts: Counts = {
    replicas: sumOf(sets.all, 'replicas'),
    updatedReplicas: sets.current === undefined ? 0 : sumOf([sets.current], 'replicas'),
    readyReplicas: sumOf(sets.all, 'readyReplicas'),
    availableReplicas: sumOf(sets.all, 'availableReplicas'),
  };
  const unavailable = Math.max(0, sets.all.reduce((sum, set) => sum + replicasOf(set), 0) - counts.availableReplicas);
  let conditions = conditionsOf(deployment);
  conditions = withCondition(conditions, 'Available', available(deployment, counts, now));
  conditions = withCondition(conditions, 'Progressing', progressing(deployment, sets, counts, now));
  conditions = withCondition(conditions, 'ReplicaFailure', replicaFailure(deployment, sets, now));
  return {
    ...withoutZeros({
      observedGeneration: deployment.metadata.generation ?? 0,
      ...counts,
      unavailableReplicas: unavailable,
    }),
    terminatingReplicas: sumOf(sets.all, 'terminatingReplicas'),
    conditions,
  };
}

interface NewCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The condition as known if it says the same, else a new one; the transition time moves with the status only. */
function condition(deployment: KubeObject, next: NewCondition, now: number, isTouched = false): JsonObject {
  const known = conditionOf(deployment, next.type);
  const isSame = known?.status === next.status && known.reason === next.reason;
  if (known !== undefined && isSame && known.message === next.message && !isTouched) return known;
  const lastTransitionTime = known?.status === next.status ? known.lastTransitionTime : toTime(now);
  const { type, status, reason, message } = next;
  return { type, status, lastUpdateTime: toTime(now), lastTransitionTime, reason, message };
}

function available(deployment: KubeObject, counts: Counts, now: number): JsonObject {
  const replicas = replicasOf(deployment);
  const isAvailable = counts.availableReplicas >= replicas - rolloutLimits(deployment, replicas).maxUnavailable;
  const next: NewCondition = isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  return condition(deployment, next, now);
}

/** Whether every pod is of the present template and available. */
function isComplete(deployment: KubeObject, counts: Counts): boolean {
  const replicas = replicasOf(deployment);
  return counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas;
}

function progressing(deployment: KubeObject, sets: ReplicaSets, counts: Counts, now: number): JsonObject | undefined {
  const known = conditionOf(deployment, 'Progressing');
  const { current } = sets;
  if (current === undefined) return known;
  const name = `ReplicaSet "${current.metadata.name}"`;
  const say = (status: NewCondition['status'], reason: string, message: string, isTouched = false) =>
    condition(deployment, { type: 'Progressing', status, reason, message }, now, isTouched);

  if (deployment.spec?.paused === true) return say('Unknown', 'DeploymentPaused', 'Deployment is paused');
  const isSettled = counts.replicas === counts.updatedReplicas && known?.reason === 'NewReplicaSetAvailable';
  if (isSettled && stringAt(known, 'message')?.includes(name) === true) return known;
  if (isComplete(deployment, counts))
    return say('True', 'NewReplicaSetAvailable', `${name} has successfully progressed.`);
  if (isFresh(deployment, sets)) {
    const message = `Created new replica set "${current.metadata.name}"`;
    return say('True', 'NewReplicaSetCreated', message);
  }
  if (hasMoved(deployment, counts)) return say('True', 'ReplicaSetUpdated', `${name} is progressing.`, true);
  if (isTimedOut(deployment, known, now)) {
    return say('False', 'ProgressDeadlineExceeded', `${name} has timed out progressing.`);
  }
  return known;
}

/** A ReplicaSet that no status speaks of yet. */
function isFresh(deployment: KubeObject, { current }: ReplicaSets): boolean {
  const known = conditionOf(deployment, 'Progressing');
  const speaksOfIt = stringAt(known, 'message')?.includes(`"${current?.metadata.name ?? ''}"`) === true;
  return known === undefined || !speaksOfIt;
}

function hasMoved(deployment: KubeObject, counts: Counts): boolean {
  const before = (field: keyof Counts) => numberAt(deployment, 'status', field) ?? 0;
  const oldBefore = before('replicas') - before('updatedReplicas');
  return (
    counts.updatedReplicas > before('updatedReplicas') ||
    counts.replicas - counts.updatedReplicas < oldBefore ||
    counts.readyReplicas > before('readyReplicas') ||
    counts.availableReplicas > before('availableReplicas')
  );
}

/** When a rollout that does not move is given up, in ms since the epoch. */
export function progressDeadline(deployment: KubeObject): number | undefined {
  const known = conditionOf(deployment, 'Progressing');
  const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600;
  const isOpen = known?.status === 'True' && known.reason !== 'NewReplicaSetAvailable';
  return isOpen ? Date.parse(stringAt(known, 'lastUpdateTime') ?? '') + seconds * 1_000 : undefined;
}

function isTimedOut(deployment: KubeObject, known: JsonObject | undefined, now: number): boolean {
  const deadline = progressDeadline(deployment);
  return known !== undefined && deadline !== undefined && now >= deadline;
}

function replicaFailure(deployment: KubeObject, sets: ReplicaSets, now: number): JsonObject | undefined {
  const failing = [sets.current, ...sets.old].flatMap((set) =>
    set === undefined ? [] : [conditionOf(set, 'ReplicaFailure')],
  );
  const failed = failing.find((found) => found !== undefined);
  const known = conditionOf(deployment, 'ReplicaFailure');
  if (failed === undefined) return undefined;
  if (known?.reason === failed.reason) return known;
  const next: NewCondition = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: stringAt(failed, 'reason') ?? 'FailedCreate',
    message: stringAt(failed, 'message') ?? '',
  };
  return condition(deployment, next, now);
}
