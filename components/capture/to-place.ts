import type { CSSProperties } from 'react';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box of the map as a position on its canvas. */
export const toPlace = ({ x, y, width, height }: Box): CSSProperties => ({ left: x, top: y, width, height });
