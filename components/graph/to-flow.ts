import { toEdgePath } from '@/lib/core/graph/edge-path';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { type GraphLayout, NODE_HEIGHT, NODE_WIDTH } from '@/lib/core/graph/layout-types';
import type { MeshFlowEdge } from './mesh-edge-view';
import type { MeshFlowNode } from './mesh-node-view';
import type { BoxFlowNode } from './namespace-box-view';

/** What stands out. */
export interface Emphasis {
  /** The id of a node or an edge. */
  readonly selected: string;
  /** Ids of the nodes that stay bright; undefined for all. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly hoveredEdge: string;
}

const SIZE = { width: NODE_WIDTH, height: NODE_HEIGHT };
const BOX = { type: 'box', zIndex: -1, selectable: false, style: { pointerEvents: 'none' } } as const;
/** What bears this stays bright while the rest fades; the style sheet does the fading, so that few nodes change. */
const LIT = 'graph-lit';

/** Boxes and nodes as React Flow draws them: fixed sizes, so nothing is measured. */
export function toFlowNodes(graph: MeshGraph, layout: GraphLayout): readonly (BoxFlowNode | MeshFlowNode)[] {
  const boxes = graph.boxes.flatMap(({ id, isOutside }): BoxFlowNode[] => {
    const box = layout.boxes[id];
    if (box === undefined) return [];
    const { x, y, width, height } = box;
    return [{ ...BOX, id: `box:${id}`, position: { x, y }, width, height, data: { name: id, isOutside } }];
  });
  const nodes = graph.nodes.flatMap((node): MeshFlowNode[] => {
    const position = layout.nodes[node.id];
    return position === undefined ? [] : [{ id: node.id, type: 'mesh', position, ...SIZE, data: { node } }];
  });
  return [...boxes, ...nodes];
}

export function toFlowEdges(graph: MeshGraph, layout: GraphLayout): readonly MeshFlowEdge[] {
  return graph.edges.flatMap((edge): MeshFlowEdge[] => {
    const source = layout.nodes[edge.source];
    const target = layout.nodes[edge.target];
    if (source === undefined || target === undefined) return [];
    const data = { edge, curve: toEdgePath(source, target), isLit: false };
    return [{ id: edge.id, type: 'mesh', source: edge.source, target: edge.target, data }];
  });
}

/** The same nodes, but for those that stand out: only these are drawn again. */
export const emphasizeNodes = (
  nodes: readonly (BoxFlowNode | MeshFlowNode)[],
  { selected, lit }: Pick<Emphasis, 'selected' | 'lit'>,
): (BoxFlowNode | MeshFlowNode)[] =>
  nodes.map((node) => (lit?.has(node.id) ? { ...node, className: LIT, selected: node.id === selected } : node));

/** The same edges, but for those that stand out. */
export const emphasizeEdges = (
  edges: readonly MeshFlowEdge[],
  { selected, lit, hoveredEdge }: Emphasis,
): MeshFlowEdge[] =>
  edges.map((edge) => {
    const isSelected = edge.id === selected;
    const isLit = isSelected || edge.id === hoveredEdge || edge.source === selected || edge.target === selected;
    const isBright = lit?.has(edge.source) === true && lit.has(edge.target);
    if (edge.data === undefined || !(isLit || isBright)) return edge;
    return { ...edge, selected: isSelected, className: isBright ? LIT : '', data: { ...edge.data, isLit } };
  });
