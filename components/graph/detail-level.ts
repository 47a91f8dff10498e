'use client';
import { useStore } from '@xyflow/react';

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
