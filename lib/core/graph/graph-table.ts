import { STATE_ORDER, type StateCounts } from '@/lib/core/injection/pod-states';
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

export const GRAPH_SORTS = ['name', 'kind', 'namespace', 'state', 'pods'] as const;
export type GraphSort = (typeof GRAPH_SORTS)[number];

const sortText = ({ node }: GraphRow, sort: GraphSort): string => {
  switch (sort) {
    case 'name':
      return node.name;
    case 'kind':
      return `${node.objectKind} ${node.name}`;
    case 'namespace':
      return node.id;
    case 'state':
    case 'pods':
      return node.name;
  }
};

/** What needs somebody most comes last, as in every list of states; broken references after all pods. */
const STATE_RANK: readonly NodeState[] = ['none', ...STATE_ORDER, 'broken'];

const sortNumber = ({ node, counts }: GraphRow, sort: GraphSort): number => {
  if (sort === 'pods') return counts?.total ?? -1;
  return sort === 'state' ? STATE_RANK.indexOf(node.state) : 0;
};

/** Rows in another order; equal ones by name, then by id. */
export function sortGraphTable(rows: readonly GraphRow[], sort: GraphSort, isDescending: boolean): readonly GraphRow[] {
  const sign = isDescending ? -1 : 1;
  const compareText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return rows.toSorted(
    (left, right) =>
      sign * (sortNumber(left, sort) - sortNumber(right, sort)) ||
      sign * compareText(sortText(left, sort), sortText(right, sort)) ||
      compareText(left.node.id, right.node.id),
  );
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
