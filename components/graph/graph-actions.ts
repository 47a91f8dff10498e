'use client';
import { createContext, type KeyboardEvent, useContext } from 'react';
import type { ActiveNode } from './active-node';

/** What a drawn node may do to the picture it stands in. */
export interface GraphActions {
  readonly active: ActiveNode;
  readonly onNodeKey: (event: KeyboardEvent, id: string) => void;
}

export const GraphActionsContext = createContext<GraphActions | null>(null);

export function useGraphActions(): GraphActions {
  const actions = useContext(GraphActionsContext);
  if (actions === null) throw new Error('A node is drawn outside of a graph');
  return actions;
}
