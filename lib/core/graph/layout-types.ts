import type { MeshGraph } from './graph-types';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything stands, in one plane; plain JSON, keyed by id. */
export interface GraphLayout {
  readonly nodes: Readonly<Record<string, Point>>;
  readonly boxes: Readonly<Record<string, Rect>>;
}

export const NODE_WIDTH = 212;
export const NODE_HEIGHT = 52;
/** Between two nodes, across and down. */
export const GAP_X = 84;
export const GAP_Y = 16;
/** Between a box and what is in it; the head holds the namespace's name. */
export const BOX_PADDING = 16;
export const BOX_HEAD = 36;
/** Between two boxes. */
export const BOX_GAP = 56;

export const EMPTY_LAYOUT: GraphLayout = { nodes: {}, boxes: {} };

export const nodeRect = (point: Point): Rect => ({ ...point, width: NODE_WIDTH, height: NODE_HEIGHT });

export const doOverlap = (left: Rect, right: Rect, gap = 0): boolean =>
  left.x < right.x + right.width + gap &&
  right.x < left.x + left.width + gap &&
  left.y < right.y + right.height + gap &&
  right.y < left.y + left.height + gap;

/** The smallest box that holds every rectangle; empty input gives an empty box at the origin. */
export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The area that a laid-out graph takes. */
export const layoutBounds = (graph: MeshGraph, { nodes, boxes }: GraphLayout): Rect =>
  boundsOf([
    ...graph.nodes.flatMap(({ id }) => (nodes[id] === undefined ? [] : [nodeRect(nodes[id])])),
    ...graph.boxes.flatMap(({ id }) => (boxes[id] === undefined ? [] : [boxes[id]])),
  ]);
