import { NODE_HEIGHT, NODE_WIDTH, type Point } from './layout-types';

export interface EdgePath {
  /** An SVG path from the right side of the source to the left side of the target. */
  readonly path: string;
  readonly middle: Point;
}

/** The curve of an edge between two placed nodes. One that runs back to the left swings out further. */
export function toEdgePath(source: Point, target: Point): EdgePath {
  const from = { x: source.x + NODE_WIDTH, y: source.y + NODE_HEIGHT / 2 };
  const to = { x: target.x, y: target.y + NODE_HEIGHT / 2 };
  const distance = to.x - from.x;
  const reach = distance >= 0 ? Math.max(24, distance / 2) : Math.min(160, 48 - distance / 4);
  return {
    path: `M${from.x} ${from.y}C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`,
    middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
  };
}
