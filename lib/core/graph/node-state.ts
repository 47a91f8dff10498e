import { POD_STATES, STATE_ORDER, type StateCounts } from '@/lib/core/injection/pod-states';
import type { NodeState } from './graph-types';

const NO_PODS: StateCounts = {
  injected: 0,
  outdated: 0,
  'not-injected': 0,
  missing: 0,
  refused: 0,
  ambient: 0,
  unknown: 0,
  total: 0,
};

/** Adds up the pods of several workloads. */
export function sumCounts(all: readonly StateCounts[]): StateCounts {
  const sum: Record<keyof StateCounts, number> = { ...NO_PODS };
  for (const counts of all) for (const key of [...POD_STATES, 'total'] as const) sum[key] += counts[key];
  return sum;
}

/** The worst state that any pod is in; `none` without pods. */
export const toNodeState = (counts: StateCounts | undefined): NodeState =>
  counts === undefined ? 'none' : (STATE_ORDER.findLast((state) => counts[state] > 0) ?? 'none');
