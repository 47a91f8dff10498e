import { toEdgePath } from '@/lib/core/graph/edge-path';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { type GraphLayout, NODE_HEIGHT, NODE_WIDTH } from '@/lib/core/graph/layout-types';
import type { MeshFlowEdge } from './mesh-edge-view';
import type { MeshFlowNode } from './mesh-node-view';
import type { BoxFlowNode } from './namespace-box-view';

/** What stands out: everything when both are empty. */
export interface Emphasis {
  readonly selected: string;
  /** Ids of the nodes that stay bright; undefined for all. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly hoveredEdge: string;
}

const SIZE = { width: NODE_WIDTH, height: NODE_HEIGHT };

/** Boxes and nodes as React Flow draws them: fixed sizes, so nothing is measured. */
export function toFlowNodes(
  graph: MeshGraph,
  layout: GraphLayout,
  { selected, lit }: Pick<Emphasis, 'selected' | 'lit'>,
): (BoxFlowNode | MeshFlowNode)[] {
  const boxes = graph.boxes.flatMap(({ id, isOutside }): BoxFlowNode[] => {
    const box = layout.boxes[id];
    if (box === undefined) return [];
    const { x, y, width, height } = box;
    const data = { name: id, isOutside };
    return [{ id: `box:${id}`, type: 'box', position: { x, y }, width, height, data, zIndex: -1, selectable: false }];
  });
  const nodes = graph.nodes.flatMap((node): MeshFlowNode[] => {
    const position = layout.nodes[node.id];
    if (position === undefined) return [];
    const className = lit === undefined || lit.has(node.id) ? '' : 'graph-faded';
    return [
      { id: node.id, type: 'mesh', position, ...SIZE, data: dataOf(node), className, selected: node.id === selected },
    ];
  });
  return [...boxes, ...nodes];
}

const wrapped = new WeakMap<object, MeshFlowNode['data']>();

/** The same wrapper for the same node, so that a change of emphasis does not draw every node again. */
function dataOf(node: MeshFlowNode['data']['node']): MeshFlowNode['data'] {
  const known = wrapped.get(node);
  if (known !== undefined) return known;
  const data = { node };
  wrapped.set(node, data);
  return data;
}

export function toFlowEdges(
  graph: MeshGraph,
  layout: GraphLayout,
  { selected, lit, hoveredEdge }: Emphasis,
): MeshFlowEdge[] {
  return graph.edges.flatMap((edge): MeshFlowEdge[] => {
    const source = layout.nodes[edge.source];
    const target = layout.nodes[edge.target];
    if (source === undefined || target === undefined) return [];
    const isAtSelected = edge.source === selected || edge.target === selected;
    const data = {
      edge,
      curve: toEdgePath(source, target),
      isLit: isAtSelected || edge.id === hoveredEdge,
      isFaded: lit !== undefined && !(lit.has(edge.source) && lit.has(edge.target)),
    };
    const { id } = edge;
    return [{ id, type: 'mesh', source: edge.source, target: edge.target, data, selected: id === selected }];
  });
}
