import { BOX_GAP, boundsOf, type Point, type Rect } from './layout-types';

export interface Packed {
  readonly id: string;
  readonly rect: Rect;
  /** Joined to no other box, so it may stand anywhere. */
  readonly isLone: boolean;
}

/** A stretch of the lower edge of what is packed so far. */
interface Ledge {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Width by height of the whole, about that of a wide window. */
const SHAPE = 1.8;

/**
 * Packs boxes that nothing joins to others around those that are joined.
 *
 * Output: a place for every box; joined ones keep theirs among themselves, moved to the origin. The rest fill the nearest
 * free place from the top, tallest first, then by id.
 */
export function packLoneBoxes(all: readonly Packed[]): ReadonlyMap<string, Rect> {
  const joined = all.filter(({ isLone }) => !isLone);
  const lone = all
    .filter(({ isLone }) => isLone)
    .sort((left, right) => right.rect.height - left.rect.height || (left.id < right.id ? -1 : 1));
  const core = boundsOf(joined.map(({ rect }) => rect));
  const sizes = [core, ...lone.map(({ rect }) => rect)];
  const area = sizes.reduce((sum, { width, height }) => sum + (width + BOX_GAP) * (height + BOX_GAP), 0);
  const widest = Math.max(...sizes.map(({ width }) => width));
  const total = Math.max(widest + BOX_GAP, Math.sqrt(area * SHAPE));

  const places = new Map(joined.map(({ id, rect }) => [id, { ...rect, x: rect.x - core.x, y: rect.y - core.y }]));
  let ledges: readonly Ledge[] = [{ x: 0, y: 0, width: total }];
  if (joined.length > 0) ledges = settle(ledges, { ...core, x: 0, y: 0 });
  for (const { id, rect } of lone) {
    const place = { ...rect, ...lowestPlace(ledges, rect.width + BOX_GAP, total) };
    places.set(id, place);
    ledges = settle(ledges, place);
  }
  return places;
}

/** The highest place on the page, then the leftmost, where this width fits under what is packed. */
function lowestPlace(ledges: readonly Ledge[], width: number, total: number): Point {
  let best: Point = { x: 0, y: Math.max(...ledges.map(({ y }) => y)) };
  for (const { x } of ledges) {
    if (x + width > total) break;
    const y = Math.max(
      ...ledges.filter((ledge) => ledge.x < x + width && ledge.x + ledge.width > x).map((ledge) => ledge.y),
    );
    if (y < best.y) best = { x, y };
  }
  return best;
}

/** The lower edge after a box was placed, with its gap. */
function settle(ledges: readonly Ledge[], box: Rect): readonly Ledge[] {
  const right = box.x + box.width + BOX_GAP;
  const rest = ledges.flatMap(({ x, y, width }) => [
    ...(x < box.x ? [{ x, y, width: Math.min(width, box.x - x) }] : []),
    ...(x + width > right ? [{ x: Math.max(x, right), y, width: x + width - Math.max(x, right) }] : []),
  ]);
  const ledge = { x: box.x, y: box.y + box.height + BOX_GAP, width: right - box.x };
  return [...rest, ledge].sort((left, other) => left.x - other.x);
}
