import type { WorkloadAnswer } from '@/lib/api/workload';

export type RolloutState = 'paused' | 'stuck' | 'rolling' | 'complete';

/** How a rollout stands. Refused pods hold one up; it is complete once every wanted pod is new and ready. */
export function toRolloutState({
  rollout,
  refusal,
}: Pick<WorkloadAnswer, 'rollout' | 'refusal'>): RolloutState | undefined {
  if (rollout === undefined) return undefined;
  const { replicas, updated, ready, isObserved, isPaused } = rollout;
  if (isPaused) return 'paused';
  if (isObserved && updated >= replicas && ready >= replicas) return 'complete';
  return refusal === undefined ? 'rolling' : 'stuck';
}
