import { worstState } from '@/lib/core/injection/count-states';
import type { StateCounts } from '@/lib/core/injection/pod-states';
import type { NodeState } from './graph-types';

/** The state of the pod that needs somebody most; `none` without pods. */
export const toNodeState = (counts: StateCounts | undefined): NodeState =>
  counts === undefined || counts.total === 0 ? 'none' : worstState(counts);
