'use client';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type Direction, findInDirection } from '@/lib/core/graph/find-in-direction';
import type { GraphLayout } from '@/lib/core/graph/layout-types';
import { createActiveNode } from './active-node';
import type { GraphActions } from './graph-actions';
import { focusNode } from './use-graph-camera';
import type { Arranged } from './use-graph-layout';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** One stop for the Tab key; from there arrows go to the nearest node that way, Home to the first, End to the last. */
export function useNodeKeys({ graph, layout }: Arranged, show: (id: string) => void): GraphActions {
  const [active] = useState(createActiveNode);
  const latest = useRef<{
    readonly ids: readonly string[];
    readonly layout: GraphLayout;
    readonly show: (id: string) => void;
  }>({
    ids: [],
    layout,
    show,
  });
  useEffect(() => {
    const ids = graph.nodes.map(({ id }) => id);
    latest.current = { ids, layout, show };
    if (!ids.includes(active.get())) active.set(ids[0] ?? '');
  }, [graph, layout, show, active]);

  return useMemo(() => {
    const go = (id: string | undefined) => {
      if (id === undefined) return;
      active.set(id);
      latest.current.show(id);
      focusNode(id);
    };
    return {
      active,
      onNodeKey: (event: KeyboardEvent, id: string) => {
        const { ids, layout: places } = latest.current;
        const direction = DIRECTIONS[event.key];
        if (direction !== undefined) go(findInDirection(places, ids, id, direction));
        else if (event.key === 'Home') go(ids[0]);
        else if (event.key === 'End') go(ids.at(-1));
        else return;
        event.preventDefault();
      },
    };
  }, [active]);
}
