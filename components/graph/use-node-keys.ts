'use client';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { type Direction, findInDirection } from '@/lib/core/graph/find-in-direction';
import type { GraphActions } from './graph-actions';
import { focusNode } from './use-graph-camera';
import type { Arranged } from './use-graph-layout';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** One stop for the Tab key; from there arrows go to the nearest node that way, Home to the first. */
export function useNodeKeys(
  { graph, layout }: Arranged,
  select: (id: string) => void,
  show: (id: string) => void,
): GraphActions {
  const [wanted, setWanted] = useState('');
  return useMemo(() => {
    const ids = graph.nodes.map(({ id }) => id);
    const activeId = ids.includes(wanted) ? wanted : (ids[0] ?? '');
    const go = (id: string | undefined) => {
      if (id === undefined) return;
      setWanted(id);
      show(id);
      focusNode(id);
    };
    return {
      activeId,
      select,
      onNodeFocus: setWanted,
      onNodeKey: (event: KeyboardEvent, id: string) => {
        const direction = DIRECTIONS[event.key];
        if (direction !== undefined) go(findInDirection(layout, ids, id, direction));
        else if (event.key === 'Home') go(ids[0]);
        else if (event.key === 'End') go(ids.at(-1));
        else return;
        event.preventDefault();
      },
    };
  }, [graph, layout, wanted, select, show]);
}
