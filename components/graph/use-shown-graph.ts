'use client';
import { useMemo } from 'react';
import { findNeighbours, findNodes, hideNodes } from '@/lib/core/graph/filter-graph';
import type { MeshGraph } from '@/lib/core/graph/graph-types';

interface GraphFilters {
  readonly find: string;
  readonly hide: string;
  readonly sel: string;
  readonly focus: string;
}

const EMPTY: MeshGraph = { nodes: [], edges: [], boxes: [] };

function keepNodes(graph: MeshGraph, ids: ReadonlySet<string>): MeshGraph {
  const nodes = graph.nodes.filter(({ id }) => ids.has(id));
  const homes = new Set(nodes.map(({ namespace }) => namespace));
  return {
    nodes,
    edges: graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    boxes: graph.boxes.filter(({ id }) => homes.has(id)),
  };
}

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
