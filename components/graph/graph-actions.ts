'use client';
import { createContext, type KeyboardEvent, useContext } from 'react';

/** What a drawn node may do to the picture it stands in. */
export interface GraphActions {
  /** The one node that the Tab key stops at; arrows move it. */
  readonly activeId: string;
  readonly select: (id: string) => void;
  readonly onNodeKey: (event: KeyboardEvent, id: string) => void;
  readonly onNodeFocus: (id: string) => void;
}

export const GraphActionsContext = createContext<GraphActions | null>(null);

export function useGraphActions(): GraphActions {
  const actions = useContext(GraphActionsContext);
  if (actions === null) throw new Error('A node is drawn outside of a graph');
  return actions;
}
