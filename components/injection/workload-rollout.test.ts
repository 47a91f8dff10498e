import { expect, it } from 'vitest';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { type RolloutState, toRolloutState } from './workload-rollout';

type Rollout = NonNullable<WorkloadAnswer['rollout']>;

const rollout = (over: Partial<Rollout> = {}): Rollout => ({
  replicas: 3,
  ready: 3,
  updated: 3,
  isObserved: true,
  isPaused: false,
  ...over,
});
const refusal = {
  cause: 'quota',
  because: { code: 'injection.refusal.quota' },
  message: 'exceeded quota',
  count: 1,
  remedies: [],
};

it.each<[name: string, answer: Pick<WorkloadAnswer, 'rollout' | 'refusal'>, want: RolloutState | undefined]>([
  ['has none without a rollout', {}, undefined],
  ['is complete when all are new and ready', { rollout: rollout() }, 'complete'],
  ['is complete at zero replicas', { rollout: rollout({ replicas: 0, ready: 0, updated: 0 }) }, 'complete'],
  ['is under way while pods are old', { rollout: rollout({ updated: 1 }) }, 'rolling'],
  ['is under way while new pods are not ready', { rollout: rollout({ ready: 2 }) }, 'rolling'],
  ['is under way until the controller saw the change', { rollout: rollout({ isObserved: false }) }, 'rolling'],
  ['is held up by refused pods', { rollout: rollout({ updated: 1 }), refusal }, 'stuck'],
  ['is complete in spite of a refusal of the past', { rollout: rollout(), refusal }, 'complete'],
  ['is paused, whatever else holds', { rollout: rollout({ isPaused: true, updated: 0 }), refusal }, 'paused'],
])('%s', (_name, answer, want) => {
  expect(toRolloutState(answer)).toBe(want);
});
