import type { StateCounts } from '@/lib/core/injection/pod-states';
import type { MeshEdge, MeshGraph, MeshNode, NodeState } from './graph-types';

/** One joined node, as a row tells it. */
export interface RowLink {
  readonly id: string;
  readonly edge: MeshEdge;
  readonly name: string;
  readonly namespace: string;
  readonly isBroken: boolean;
}

/** What the picture says of a node, as a row. */
export interface GraphRow {
  readonly node: MeshNode;
  readonly state: NodeState;
  readonly counts: StateCounts | undefined;
  readonly from: readonly RowLink[];
  readonly to: readonly RowLink[];
}

/** The graph as a table: a row per node in order of namespace, kind and name, with what leads to it and where it leads. */
export function buildGraphTable({ nodes, edges }: MeshGraph): readonly GraphRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = (all: readonly MeshEdge[], end: 'source' | 'target'): readonly RowLink[] =>
    all.flatMap((edge) => {
      const node = byId.get(edge[end]);
      return node === undefined
        ? []
        : [{ id: node.id, edge, name: node.name, namespace: node.namespace, isBroken: edge.problems.length > 0 }];
    });
  const incoming = groupEdges(edges, 'target');
  const outgoing = groupEdges(edges, 'source');
  return nodes.map((node) => ({
    node,
    state: node.state,
    counts: node.counts,
    from: links(incoming.get(node.id) ?? [], 'source'),
    to: links(outgoing.get(node.id) ?? [], 'target'),
  }));
}

const groupEdges = (edges: readonly MeshEdge[], end: 'source' | 'target'): ReadonlyMap<string, readonly MeshEdge[]> => {
  const groups = new Map<string, MeshEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[end]);
    if (group === undefined) groups.set(edge[end], [edge]);
    else group.push(edge);
  }
  return groups;
};
