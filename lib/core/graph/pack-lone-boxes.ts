import { BOX_GAP, boundsOf, type Rect } from './layout-types';

export interface Packed {
  readonly id: string;
  readonly rect: Rect;
  /** Joined to no other box, so it may stand anywhere. */
  readonly isLone: boolean;
}

/** Width by height of the whole, about that of a wide window. */
const SHAPE = 1.9;

/**
 * Puts boxes that nothing joins to others in rows, under those that are joined.
 *
 * Output: a place for every box; joined ones keep theirs among themselves, moved to the origin. Rows hold boxes of like
 * height, tallest first, then by id.
 */
export function packLoneBoxes(all: readonly Packed[]): ReadonlyMap<string, Rect> {
  const joined = all.filter(({ isLone }) => !isLone);
  const lone = all
    .filter(({ isLone }) => isLone)
    .sort((left, right) => right.rect.height - left.rect.height || (left.id < right.id ? -1 : 1));
  const core = boundsOf(joined.map(({ rect }) => rect));
  const area = lone.reduce((sum, { rect }) => sum + (rect.width + BOX_GAP) * (rect.height + BOX_GAP), 0);
  const rowWidth = Math.max(core.width, Math.sqrt((area + core.width * core.height) * SHAPE));

  const places = new Map(joined.map(({ id, rect }) => [id, { ...rect, x: rect.x - core.x, y: rect.y - core.y }]));
  let x = 0;
  let y = joined.length === 0 ? 0 : core.height + BOX_GAP;
  let rowHeight = 0;
  for (const { id, rect } of lone) {
    if (x > 0 && x + rect.width > rowWidth) {
      x = 0;
      y += rowHeight + BOX_GAP;
      rowHeight = 0;
    }
    places.set(id, { ...rect, x, y });
    x += rect.width + BOX_GAP;
    rowHeight = Math.max(rowHeight, rect.height);
  }
  return places;
}
