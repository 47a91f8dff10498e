'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { keepLayout } from '@/lib/core/graph/keep-layout';
import type { GraphLayout } from '@/lib/core/graph/layout-types';
import { arrangeGraph } from './arrange-graph';

export interface Arranged {
  readonly graph: MeshGraph;
  readonly layout: GraphLayout;
  /** Changes when everything was placed anew, and not when a refresh added to it. */
  readonly round: number;
}

interface ArrangedLayout {
  readonly key: string;
  readonly round: number;
  readonly layout: GraphLayout;
}

/**
 * Places a graph: anew when `key` (what was asked for) changes or `arrange` is called, else keeping what stands.
 *
 * While a new arrangement is being made, the picture before it is handed out.
 */
export function useGraphLayout(graph: MeshGraph | undefined, key: string) {
  const [arranged, setArranged] = useState<ArrangedLayout>();
  const [round, setRound] = useState(0);
  const latest = useRef(graph);
  const base = useRef<ArrangedLayout>(undefined);
  const shown = useRef<Arranged>(undefined);
  latest.current = graph;

  const isEmpty = graph === undefined;
  useEffect(() => {
    if (isEmpty || latest.current === undefined) return;
    let isCurrent = true;
    void arrangeGraph(latest.current).then((layout) => {
      if (isCurrent) setArranged({ key, round, layout });
    });
    return () => {
      isCurrent = false;
    };
  }, [key, round, isEmpty]);

  const current = useMemo((): Arranged | undefined => {
    if (graph === undefined || arranged === undefined || arranged.key !== key) return undefined;
    const from = base.current?.key === key && base.current.round === arranged.round ? base.current : arranged;
    return { graph, layout: keepLayout(graph, from.layout), round: arranged.round };
  }, [graph, arranged, key]);
  useEffect(() => {
    if (current === undefined) return;
    base.current = { key, round: current.round, layout: current.layout };
    shown.current = current;
  }, [current, key]);

  const arrange = useCallback(() => setRound((before) => before + 1), []);
  return {
    arranged: current ?? shown.current,
    isArranging: !isEmpty && (arranged?.key !== key || arranged.round !== round),
    arrange,
  };
}
