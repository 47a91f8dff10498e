import type { GraphLayout } from './layout-types';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** A step aside costs as much as this many steps ahead. */
const ASIDE = 2.5;

/**
 * The node that an arrow key goes to: the nearest one ahead, where straight ahead counts as nearer.
 *
 * Output: undefined where nothing lies in that direction.
 */
export function findInDirection(
  { nodes }: GraphLayout,
  ids: readonly string[],
  from: string,
  direction: Direction,
): string | undefined {
  const origin = nodes[from];
  if (origin === undefined) return ids[0];
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const id of ids) {
    const point = nodes[id];
    if (id === from || point === undefined) continue;
    const ahead = (isAcross ? point.x - origin.x : point.y - origin.y) * sign;
    const aside = Math.abs(isAcross ? point.y - origin.y : point.x - origin.x);
    const cost = ahead + ASIDE * aside;
    if (ahead > 0 && (best === undefined || cost < best.cost)) best = { id, cost };
  }
  return best?.id;
}
