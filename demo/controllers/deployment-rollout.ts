import { numberAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { ControllerContext } from './controller';
import {
  buildReplicaSet,
  DESIRED_ANNOTATION,
  HISTORY_ANNOTATION,
  MAX_ANNOTATION,
  maxReplicasOf,
  REVISION_ANNOTATION,
  type ReplicaSets,
  replicaSetAnnotations,
  replicaSetsOf,
  revisionOf,
} from './deployment-replica-sets';
import { isFinished, podsOf } from './pod-state';
import { replicasOf } from './replica-set-controller';
import { proportionalSizes, rolloutLimits } from './rollout-sizes';

const MANAGED = { manager: 'kube-controller-manager' };
const COMPONENT = 'deployment-controller';

function availableOf(replicaSet: KubeObject): number {
  return numberAt(replicaSet, 'status', 'availableReplicas') ?? 0;
}

function total(sets: readonly KubeObject[], count: (set: KubeObject) => number): number {
  return sets.reduce((sum, set) => sum + count(set), 0);
}

/** Sets a ReplicaSet's size and tells of it. */
function scaleReplicaSet(
  context: ControllerContext,
  deployment: KubeObject,
  replicaSet: KubeObject,
  replicas: number,
): void {
  const before = replicasOf(replicaSet);
  const change = (draft: KubeObject) => {
    draft.spec = { ...draft.spec, replicas };
    draft.metadata.annotations = { ...draft.metadata.annotations, ...sizeAnnotations(deployment) };
  };
  context.store.modify('replicasets.apps', replicaSet.metadata, change, MANAGED);
  if (before !== replicas) tellScaled(context, deployment, replicaSet.metadata.name, before, replicas);
}

function sizeAnnotations(deployment: KubeObject): Record<string, string> {
  return {
    [DESIRED_ANNOTATION]: String(replicasOf(deployment)),
    [MAX_ANNOTATION]: String(maxReplicasOf(deployment)),
  };
}

function tellScaled(context: ControllerContext, about: KubeObject, name: string, from: number, to: number): void {
  const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
  context.events.record(about, { component: COMPONENT, type: 'Normal', reason: 'ScalingReplicaSet', message });
}

/** The ReplicaSet of the present template, made if there is none, with the revision it should have. */
export function ensureCurrent(context: ControllerContext, deployment: KubeObject, sets: ReplicaSets): ReplicaSets {
  const { store } = context;
  const revision = Math.max(0, ...sets.old.map(revisionOf)) + 1;
  if (sets.current === undefined) {
    const size = newSize(deployment, sets.all, undefined);
    const created = store.create('replicasets.apps', buildReplicaSet(deployment, size, revision), MANAGED);
    if (size > 0) tellScaled(context, deployment, created.metadata.name, 0, size);
    setRevision(context, deployment, revision);
    return replicaSetsOf(store, deployment);
  }
  const kept = Math.max(revisionOf(sets.current), revision);
  const wanted = replicaSetAnnotations(deployment, kept);
  const history = historyOf(sets.current, kept);
  const change = (draft: KubeObject) => {
    draft.metadata.annotations = { ...draft.metadata.annotations, ...wanted, ...history };
  };
  store.modify('replicasets.apps', sets.current.metadata, change, MANAGED);
  setRevision(context, deployment, kept);
  return replicaSetsOf(store, deployment);
}

/** A set that comes back as a later revision remembers which ones it was before. */
function historyOf(replicaSet: KubeObject, revision: number): Record<string, string> {
  const before = revisionOf(replicaSet);
  if (before === 0 || before === revision) return {};
  const known = replicaSet.metadata.annotations?.[HISTORY_ANNOTATION];
  return { [HISTORY_ANNOTATION]: known === undefined ? String(before) : `${known},${before}` };
}

function setRevision({ store }: ControllerContext, deployment: KubeObject, revision: number): void {
  if (revisionOf(deployment) === revision) return;
  const change = (draft: KubeObject) => {
    draft.metadata.annotations = { ...draft.metadata.annotations, [REVISION_ANNOTATION]: String(revision) };
  };
  // The real controller writes it together with the status.
  store.modify('deployments.apps', deployment.metadata, change, { ...MANAGED, subresource: 'status' });
}

/** How large the present ReplicaSet may become now. Source: Kubernetes, deployment_util.go, NewRSNewReplicas. */
function newSize(deployment: KubeObject, all: readonly KubeObject[], current: KubeObject | undefined): number {
  const replicas = replicasOf(deployment);
  const now = current === undefined ? 0 : replicasOf(current);
  if (stringAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return replicas;
  const room = maxReplicasOf(deployment) - total(all, replicasOf);
  return room <= 0 ? now : now + Math.min(room, Math.max(0, replicas - now));
}

/** Spreads a new size over the ReplicaSets. Returns false when the size has not changed. */
export function scaleWithDeployment(context: ControllerContext, deployment: KubeObject, sets: ReplicaSets): boolean {
  const running = sets.all.filter((set) => replicasOf(set) > 0);
  const replicas = replicasOf(deployment);
  const isScaled = running.some((set) => Number(set.metadata.annotations?.[DESIRED_ANNOTATION] ?? -1) !== replicas);
  if (!isScaled) return false;
  if (running.length === 1 && running[0] !== undefined) {
    scaleReplicaSet(context, deployment, running[0], replicas);
    return true;
  }
  const byAge = [...running].reverse();
  const goal = replicas === 0 ? 0 : maxReplicasOf(deployment);
  const sizes = proportionalSizes(byAge.map(replicasOf), Math.min(goal, Math.max(replicas, total(byAge, replicasOf))));
  byAge.forEach((set, index) => {
    scaleReplicaSet(context, deployment, set, sizes[index] ?? 0);
  });
  return true;
}

/**
 * One step of a rolling update: the present ReplicaSet up, else the old ones down.
 *
 * Source: Kubernetes, pkg/controller/deployment/rolling.go.
 */
export function rollOn(context: ControllerContext, deployment: KubeObject, sets: ReplicaSets): void {
  const { current } = sets;
  if (current === undefined) return;
  const replicas = replicasOf(deployment);
  const wanted = replicasOf(current) > replicas ? replicas : newSize(deployment, sets.all, current);
  if (wanted !== replicasOf(current)) {
    scaleReplicaSet(context, deployment, current, wanted);
    return;
  }

  const minAvailable = replicas - rolloutLimits(deployment, replicas).maxUnavailable;
  const newUnavailable = replicasOf(current) - availableOf(current);
  let room = total(sets.all, replicasOf) - minAvailable - newUnavailable;
  const sizes = new Map(sets.old.map((set) => [set, replicasOf(set)]));
  const shrink = (set: KubeObject, by: number) => {
    if (by > 0) sizes.set(set, (sizes.get(set) ?? 0) - by);
    return Math.max(0, by);
  };
  // Pods of old sets that are not available cost nothing: they go first.
  for (const set of sets.old) room -= shrink(set, Math.min(room, replicasOf(set) - availableOf(set)));
  let spare = total(sets.all, availableOf) - minAvailable;
  for (const set of sets.old) spare -= shrink(set, Math.min(spare, room, sizes.get(set) ?? 0));
  for (const [set, size] of sizes) if (size !== replicasOf(set)) scaleReplicaSet(context, deployment, set, size);
}

/** Recreate: all old pods go before the first new one comes. */
export function recreate(context: ControllerContext, deployment: KubeObject, sets: ReplicaSets): void {
  const running = sets.old.filter((set) => replicasOf(set) > 0);
  for (const set of running) scaleReplicaSet(context, deployment, set, 0);
  const isClear = sets.old.every((set) => podsOf(context.store, set).every(isFinished));
  if (running.length > 0 || !isClear) return;
  const ensured = ensureCurrent(context, deployment, sets);
  if (ensured.current === undefined || replicasOf(ensured.current) === replicasOf(deployment)) return;
  scaleReplicaSet(context, deployment, ensured.current, replicasOf(deployment));
}

/** Deletes the oldest empty ReplicaSets beyond `revisionHistoryLimit`. */
export function trimHistory({ store }: ControllerContext, deployment: KubeObject, sets: ReplicaSets): void {
  const limit = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10;
  const empty = sets.old.filter((set) => replicasOf(set) === 0 && (numberAt(set, 'status', 'replicas') ?? 0) === 0);
  const excess = empty.length - limit;
  if (excess <= 0) return;
  const oldestFirst = [...empty].sort((left, right) => revisionOf(left) - revisionOf(right));
  for (const set of oldestFirst.slice(0, excess)) store.delete('replicasets.apps', set.metadata);
}
