import type { StateName } from '@/components/shared/state-names';
import type { NodeState } from '@/lib/core/graph/graph-types';

/** The shape and colour of a node's state; null where there is nothing to say. A broken node looks as a refused one. */
export const toStateName = (state: NodeState): StateName | null =>
  state === 'none' ? null : state === 'broken' ? 'refused' : state;
