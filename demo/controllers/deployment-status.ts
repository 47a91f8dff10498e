import { numberAt, stringAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';
import { conditionsOf, withoutZeros } from './conditions';
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
  const set = (known: readonly JsonObject[], next: NewCondition) => withNewCondition(known, next, now);
  let conditions = withPause(deployment, set);
  if (isFresh(sets, conditions)) conditions = set(conditions, createdSet(sets));
  conditions = set(conditions, available(deployment, counts));
  if (deployment.spec?.paused !== true) conditions = withProgress(deployment, sets, counts, conditions, now);
  conditions = withFailure(sets, conditions, set);
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

type SetCondition = (known: readonly JsonObject[], next: NewCondition) => JsonObject[];

const ofType = (conditions: readonly JsonObject[], type: string) =>
  conditions.find((condition) => condition.type === type);

/** A condition that says something new moves to the end; its transition time moves with the status only. */
function withNewCondition(
  conditions: readonly JsonObject[],
  next: NewCondition,
  now: number,
  isTouched = false,
): JsonObject[] {
  const known = ofType(conditions, next.type);
  if (known?.status === next.status && known.reason === next.reason && !isTouched) return [...conditions];
  const lastTransitionTime = known?.status === next.status ? known.lastTransitionTime : toTime(now);
  const { type, status, reason, message } = next;
  const condition = { type, status, lastUpdateTime: toTime(now), lastTransitionTime, reason, message };
  return [...conditions.filter((one) => one.type !== type), condition];
}

/** Source: Kubernetes, pkg/controller/deployment/sync.go, checkPausedConditions. */
function withPause(deployment: KubeObject, set: SetCondition): JsonObject[] {
  const conditions = conditionsOf(deployment);
  const reason = ofType(conditions, 'Progressing')?.reason;
  const isPaused = deployment.spec?.paused === true;
  if (reason === 'ProgressDeadlineExceeded' || isPaused === (reason === 'DeploymentPaused')) return conditions;
  const [why, message] = isPaused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed'];
  return set(conditions, { type: 'Progressing', status: 'Unknown', reason: why, message });
}

function available(deployment: KubeObject, counts: Counts): NewCondition {
  const replicas = replicasOf(deployment);
  const isAvailable = counts.availableReplicas >= replicas - rolloutLimits(deployment, replicas).maxUnavailable;
  return isAvailable
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
}

/** Whether every pod is of the present template and available. */
function isComplete(deployment: KubeObject, counts: Counts): boolean {
  const replicas = replicasOf(deployment);
  return counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas;
}

/** Source: Kubernetes, pkg/controller/deployment/progress.go, syncRolloutStatus. */
function withProgress(
  deployment: KubeObject,
  { current }: ReplicaSets,
  counts: Counts,
  conditions: readonly JsonObject[],
  now: number,
): JsonObject[] {
  const known = ofType(conditions, 'Progressing');
  if (current === undefined) return [...conditions];
  const name = `ReplicaSet "${current.metadata.name}"`;
  const say = (status: NewCondition['status'], reason: string, message: string, isTouched = false) =>
    withNewCondition(conditions, { type: 'Progressing', status, reason, message }, now, isTouched);
  const isSettled = counts.replicas === counts.updatedReplicas && known?.reason === 'NewReplicaSetAvailable';
  if (isSettled) return [...conditions];
  if (isComplete(deployment, counts))
    return say('True', 'NewReplicaSetAvailable', `${name} has successfully progressed.`);
  if (hasMoved(deployment, counts)) return say('True', 'ReplicaSetUpdated', `${name} is progressing.`, true);
  if (!isTimedOut(deployment, known, now)) return [...conditions];
  return say('False', 'ProgressDeadlineExceeded', `${name} has timed out progressing.`);
}

/** A ReplicaSet that has just been made, or that no status speaks of. */
function isFresh({ current }: ReplicaSets, conditions: readonly JsonObject[]): boolean {
  if (current === undefined) return false;
  const isNew = numberAt(current, 'status', 'observedGeneration') === undefined;
  return isNew || ofType(conditions, 'Progressing') === undefined;
}

function createdSet({ current }: ReplicaSets): NewCondition {
  const message = `Created new replica set "${current?.metadata.name ?? ''}"`;
  return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message };
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

function withFailure(sets: ReplicaSets, conditions: readonly JsonObject[], set: SetCondition): JsonObject[] {
  const failing = [sets.current, ...sets.old].flatMap((one) =>
    one === undefined ? [] : [conditionOf(one, 'ReplicaFailure')],
  );
  const failed = failing.find((found) => found !== undefined);
  if (failed === undefined) return conditions.filter((condition) => condition.type !== 'ReplicaFailure');
  return set(conditions, {
    type: 'ReplicaFailure',
    status: 'True',
    reason: stringAt(failed, 'reason') ?? 'FailedCreate',
    message: stringAt(failed, 'message') ?? '',
  });
}
