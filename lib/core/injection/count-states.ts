import { POD_STATES, type PodState, STATE_ORDER, type StateCounts } from './pod-states';

export const NO_PODS: StateCounts = {
  injected: 0,
  outdated: 0,
  'not-injected': 0,
  missing: 0,
  refused: 0,
  ambient: 0,
  unknown: 0,
  total: 0,
};

export function countStates(states: Iterable<PodState>): StateCounts {
  const counts: Record<PodState | 'total', number> = { ...NO_PODS };
  for (const state of states) {
    counts[state] += 1;
    counts.total += 1;
  }
  return counts;
}

export function addCounts(all: Iterable<StateCounts>): StateCounts {
  const sum: Record<PodState | 'total', number> = { ...NO_PODS };
  for (const counts of all) {
    for (const state of POD_STATES) sum[state] += counts[state];
    sum.total += counts.total;
  }
  return sum;
}

/** The state that needs somebody most; `not-injected` when there is no pod. */
export function worstState(counts: StateCounts): PodState {
  return STATE_ORDER.findLast((state) => counts[state] > 0) ?? 'not-injected';
}
