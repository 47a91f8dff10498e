import { recordsAt, stringAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { isControlledBy } from './object-keys';

export function podPhase(pod: NewObject): string {
  return stringAt(pod, 'status', 'phase') ?? 'Pending';
}

export function isFinished(pod: NewObject): boolean {
  return podPhase(pod) === 'Succeeded' || podPhase(pod) === 'Failed';
}

/** Counts towards the number of replicas that a controller keeps. */
export function isActive(pod: NewObject): boolean {
  return !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function conditionOf(object: NewObject, type: string): JsonObject | undefined {
  return recordsAt(object, 'status', 'conditions').find((condition) => condition.type === type);
}

export function isReady(pod: NewObject): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

/** How long a ready pod still has to stay ready until it counts as available; 0 when it does. */
export function untilAvailableMs(pod: NewObject, minReadySeconds: number, now: number): number {
  if (minReadySeconds === 0) return 0;
  const since = Date.parse(stringAt(conditionOf(pod, 'Ready'), 'lastTransitionTime') ?? '');
  return Math.max(0, since + minReadySeconds * 1_000 - now);
}

/** The pods that an object controls, oldest first. */
export function podsOf(store: Store, owner: KubeObject): KubeObject[] {
  return store.dependents(owner.metadata.uid).filter((object) => isPodOf(object, owner));
}

function isPodOf(object: KubeObject, owner: KubeObject): boolean {
  return object.kind === 'Pod' && isControlledBy(object, owner.metadata.uid);
}
