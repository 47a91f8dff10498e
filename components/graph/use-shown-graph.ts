'use client';
import { useMemo } from 'react';
import { findNeighbours, findNodes, hideNodes, keepNodes } from '@/lib/core/graph/filter-graph';
import type { MeshGraph } from '@/lib/core/graph/graph-types';

interface GraphFilters {
  readonly find: string;
  readonly hide: string;
  readonly sel: string;
  readonly focus: string;
}

const EMPTY: MeshGraph = { nodes: [], edges: [], boxes: [] };

/** The part of a graph that is shown, what of it the search found, and what stays bright. */
export function useShownGraph(graph: MeshGraph | undefined, { find, hide, sel, focus }: GraphFilters) {
  const shown = useMemo(() => {
    if (graph === undefined) return EMPTY;
    const isFocused = focus !== '' && graph.nodes.some(({ id }) => id === focus);
    return hideNodes(isFocused ? keepNodes(graph, findNeighbours(graph, focus)) : graph, hide);
  }, [graph, hide, focus]);
  const found = useMemo(() => findNodes(shown, find), [shown, find]);
  const lit = useMemo(() => {
    const edge = shown.edges.find(({ id }) => id === sel);
    if (edge !== undefined) return new Set([edge.source, edge.target]);
    return shown.nodes.some(({ id }) => id === sel) ? findNeighbours(shown, sel) : found;
  }, [shown, sel, found]);
  return { shown, found, lit };
}
