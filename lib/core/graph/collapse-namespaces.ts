import { addCounts } from '@/lib/core/injection/count-states';
import type { StateCounts } from '@/lib/core/injection/pod-states';
import type { MeshEdge, MeshGraph, MeshNode } from './graph-types';
import { toNodeState } from './node-state';

/** Beyond this many nodes a browser no longer pans smoothly with all of them in view. */
export const MAX_DRAWN_NODES = 500;

const namespaceNodeId = (namespace: string): string => `${namespace}/namespace/${namespace}`;

const countKind = (nodes: readonly MeshNode[], kind: MeshNode['kind']): number =>
  nodes.filter((node) => node.kind === kind).length;

const toNamespaceNode = (namespace: string, isOutside: boolean, nodes: readonly MeshNode[]): MeshNode => {
  const counts = nodes
    .filter(({ kind }) => kind === 'workload')
    .flatMap((node): readonly StateCounts[] => (node.counts === undefined ? [] : [node.counts]));
  const total = addCounts(counts);
  const numbers = {
    workloads: countKind(nodes, 'workload'),
    services: countKind(nodes, 'service'),
    gateways: countKind(nodes, 'gateway'),
  };
  return {
    id: namespaceNodeId(namespace),
    kind: 'namespace',
    namespace,
    name: namespace,
    objectKind: 'Namespace',
    state: nodes.some(({ state }) => state === 'broken') ? 'broken' : toNodeState(total),
    counts: total,
    versions: [],
    subtitle: { code: 'graph.subtitle.namespace', values: numbers },
    isOutside,
    facts: Object.entries(numbers).map(([name, value]) => ({
      name: name === 'workloads' || name === 'services' ? name : 'gateways',
      values: [String(value)],
    })),
    problems: nodes.flatMap(({ problems }) => problems).slice(0, 5),
  };
};

/**
 * The same graph with one node per namespace.
 *
 * Output: edges inside a namespace go; those between two namespaces become one that counts them.
 */
export function collapseNamespaces({ nodes, edges, boxes }: MeshGraph): MeshGraph {
  const members = new Map<string, MeshNode[]>(boxes.map(({ id }) => [id, []]));
  const homes = new Map(nodes.map(({ id, namespace }) => [id, namespace]));
  for (const node of nodes) members.get(node.namespace)?.push(node);

  const joined = new Map<string, MeshEdge>();
  for (const edge of edges) {
    const source = namespaceNodeId(homes.get(edge.source) ?? '');
    const target = namespaceNodeId(homes.get(edge.target) ?? '');
    if (source === target) continue;
    const id = `${source}>${target}:${edge.kind}`;
    const known = joined.get(id);
    joined.set(id, {
      ...edge,
      id,
      source,
      target,
      from: [...(known?.from ?? []), ...edge.from].slice(0, 10),
      routes: [],
      isUnrouted: false,
      problems: [...(known?.problems ?? []), ...edge.problems].slice(0, 10),
      count: (known?.count ?? 0) + edge.count,
    });
  }
  return {
    nodes: boxes.map(({ id, isOutside }) => toNamespaceNode(id, isOutside, members.get(id) ?? [])),
    edges: [...joined.values()],
    boxes: [],
  };
}
