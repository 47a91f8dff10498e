'use client';
import { useStore } from '@xyflow/react';

export type DetailLevel = 'far' | 'middle' | 'near';

const FAR_ZOOM = 0.42;
const NEAR_ZOOM = 0.7;

/** How much a node can say at this zoom: far, its name, larger; near, everything. */
export const useDetailLevel = (): DetailLevel =>
  useStore(({ transform: [, , zoom] }) => (zoom < FAR_ZOOM ? 'far' : zoom < NEAR_ZOOM ? 'middle' : 'near'));
