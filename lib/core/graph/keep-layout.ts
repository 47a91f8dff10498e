import type { MeshGraph, MeshNode } from './graph-types';
import {
  BOX_GAP,
  BOX_HEAD,
  BOX_PADDING,
  boundsOf,
  doOverlap,
  GAP_X,
  GAP_Y,
  type GraphLayout,
  NODE_HEIGHT,
  NODE_WIDTH,
  nodeRect,
  type Point,
  type Rect,
} from './layout-types';

const STEP_X = NODE_WIDTH + GAP_X;
const STEP_Y = NODE_HEIGHT + GAP_Y;

/** Whether every node of a graph has its place. */
export const isPlaced = ({ nodes }: MeshGraph, layout: GraphLayout): boolean =>
  nodes.every(({ id }) => layout.nodes[id] !== undefined);

/**
 * Places what is new and leaves the rest where it stands, so that a refresh never moves what a person looks at.
 *
 * Input: the graph as it is now and the layout of an earlier one.
 * Output: a new node stands beside what it is joined to, in the first free place down its column. A box grows to hold it;
 * only a box that would then be covered moves, downwards. What is gone is dropped; a box never shrinks.
 */
export function keepLayout(graph: MeshGraph, before: GraphLayout): GraphLayout {
  const nodes: Record<string, Point> = {};
  const boxes: Record<string, Rect> = {};
  for (const { id } of graph.nodes) {
    const known = before.nodes[id];
    if (known !== undefined) nodes[id] = known;
  }
  for (const { id } of graph.boxes) {
    const known = before.boxes[id];
    if (known !== undefined) boxes[id] = known;
  }
  const isBoxed = new Set(graph.boxes.map(({ id }) => id));
  const all = () => [...Object.values(boxes), ...Object.values(nodes).map(nodeRect)];

  for (const node of graph.nodes.filter(({ id }) => nodes[id] === undefined)) {
    const home = isBoxed.has(node.namespace) ? (boxes[node.namespace] ?? newBox(all())) : undefined;
    const mates = graph.nodes.filter(({ namespace }) => home === undefined || namespace === node.namespace);
    const taken = mates.flatMap(({ id }) => (nodes[id] === undefined ? [] : [nodeRect(nodes[id])]));
    const origin = home ?? boundsOf(taken);
    const point = firstFree(wishedPlace(node, graph, nodes, origin, home !== undefined), taken);
    nodes[node.id] = point;
    if (home !== undefined) boxes[node.namespace] = grow(home, nodeRect(point));
  }
  return separate(graph, { nodes, boxes });
}

const newBox = (others: readonly Rect[]): Rect => {
  const { x, y, height } = boundsOf(others);
  return { x, y: others.length === 0 ? 0 : y + height + BOX_GAP, width: 0, height: 0 };
};

function wishedPlace(
  node: MeshNode,
  { edges }: MeshGraph,
  placed: Readonly<Record<string, Point>>,
  origin: Rect,
  isBoxed: boolean,
): Point {
  const left = origin.x + (isBoxed ? BOX_PADDING : 0);
  const top = origin.y + (isBoxed ? BOX_HEAD + BOX_PADDING : 0);
  const isInside = ({ x, y }: Point) => !isBoxed || doOverlap({ x, y, width: 1, height: 1 }, origin);
  for (const { source, target } of edges) {
    const from = target === node.id ? placed[source] : undefined;
    if (from !== undefined && isInside(from)) return { x: from.x + STEP_X, y: from.y };
    const to = source === node.id ? placed[target] : undefined;
    if (to !== undefined && isInside(to)) return { x: Math.max(left, to.x - STEP_X), y: to.y };
  }
  return { x: left, y: top };
}

function firstFree({ x, y }: Point, taken: readonly Rect[]): Point {
  let point = { x, y };
  while (taken.some((rect) => doOverlap(nodeRect(point), rect, GAP_Y - 1))) point = { x, y: point.y + STEP_Y / 2 };
  return point;
}

const grow = (box: Rect, { x, y, width, height }: Rect): Rect => ({
  ...box,
  width: Math.max(box.width, x + width + BOX_PADDING - box.x),
  height: Math.max(box.height, y + height + BOX_PADDING - box.y),
});

/** Moves boxes down until none covers another; those higher up stay. */
function separate(graph: MeshGraph, layout: GraphLayout): GraphLayout {
  const nodes: Record<string, Point> = { ...layout.nodes };
  const settled: Record<string, Rect> = {};
  const inOrder = Object.entries(layout.boxes).sort(([, left], [, right]) => left.y - right.y || left.x - right.x);
  for (const [id, box] of inOrder) {
    let y = box.y;
    let hit = Object.values(settled).find((other) => doOverlap({ ...box, y }, other));
    while (hit !== undefined) {
      y = hit.y + hit.height + BOX_GAP;
      hit = Object.values(settled).find((other) => doOverlap({ ...box, y }, other));
    }
    settled[id] = { ...box, y };
    if (y === box.y) continue;
    for (const node of graph.nodes) {
      const point = nodes[node.id];
      if (node.namespace === id && point !== undefined) nodes[node.id] = { x: point.x, y: point.y + y - box.y };
    }
  }
  return { nodes, boxes: settled };
}
