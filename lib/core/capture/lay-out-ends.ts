import type { CaptureEnd } from './capture-ends';
import { type Box, MAP, type MapEnd } from './capture-map';

export interface EndLayout {
  readonly process: Box;
  readonly ends: readonly MapEnd[];
}

/** Stacks the processes in a frame between the two columns. */
export function layOutEnds(ends: readonly CaptureEnd[]): EndLayout {
  const left = MAP.sideWidth + MAP.gutter;
  const width = MAP.width - 2 * left;
  let y: number = MAP.cardsY;
  const placed = ends.map((end): MapEnd => {
    const top = y;
    const height = MAP.headHeight + Math.max(1, end.ports.length) * MAP.portHeight;
    y += height + MAP.cardGap;
    return {
      ...end,
      x: left + MAP.processPad,
      y: top,
      width: width - 2 * MAP.processPad,
      height,
      ports: end.ports.map((port, index) => ({
        ...port,
        id: `${end.id}/${port.port}`,
        y: top + MAP.headHeight + index * MAP.portHeight,
        height: MAP.portHeight,
      })),
    };
  });
  const bottom = Math.max(y - MAP.cardGap, MAP.cardsY) + MAP.processPad;
  return { process: { x: left, y: MAP.spineY, width, height: bottom - MAP.spineY }, ends: placed };
}
