'use client';
import { useStore } from '@xyflow/react';
import type { Rect } from '@/lib/core/graph/layout-types';

export type DetailLevel = 'farthest' | 'far' | 'middle' | 'near';

const FARTHEST_ZOOM = 0.3;
const FAR_ZOOM = 0.45;
const NEAR_ZOOM = 0.7;

/** How much a node can say at this zoom: farthest, its state alone; far, its name too, larger; near, everything. */
const toDetailLevel = (zoom: number): DetailLevel => {
  if (zoom < FARTHEST_ZOOM) return 'farthest';
  if (zoom < FAR_ZOOM) return 'far';
  return zoom < NEAR_ZOOM ? 'middle' : 'near';
};

export const useDetailLevel = (): DetailLevel => useStore(({ transform: [, , zoom] }) => toDetailLevel(zoom));

/** Whether the whole picture is in view, so that an overview of it would say nothing. */
export const useIsAllInView = ({ x, y, width, height }: Rect): boolean =>
  useStore(
    ({ transform: [left, top, zoom], ...canvas }) =>
      x * zoom + left >= 0 &&
      y * zoom + top >= 0 &&
      (x + width) * zoom + left <= canvas.width &&
      (y + height) * zoom + top <= canvas.height,
  );
