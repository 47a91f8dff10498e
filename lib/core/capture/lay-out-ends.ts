import type { CaptureEnd } from './capture-ends';
import { type Box, MAP, type MapEnd } from './capture-map';

interface EndLayout {
  readonly process: Box;
  readonly ends: readonly MapEnd[];
}

/**
 * Stacks the processes in a frame between the two columns.
 *
 * Input: `reachY` is how far down the frame may spread its processes without making the picture higher.
 * Output: the frame and the processes, evenly spaced.
 */
export function layOutEnds(ends: readonly CaptureEnd[], reachY: number): EndLayout {
  const left = MAP.sideWidth + MAP.gutter;
  const width = MAP.width - 2 * left;
  const used = ends.reduce((sum, end) => sum + heightOf(end), 0);
  const spare = (reachY - MAP.processPad - MAP.cardsY - used) / Math.max(1, ends.length - 1);
  const gap = Math.round(Math.min(MAP.maxEndGap, Math.max(MAP.cardGap, spare)));
  let y: number = MAP.cardsY;
  const placed = ends.map((end): MapEnd => {
    const top = y;
    const height = heightOf(end);
    y += height + gap;
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
  const bottom = Math.max(y - gap, MAP.cardsY) + MAP.processPad;
  return { process: { x: left, y: MAP.spineY, width, height: bottom - MAP.spineY }, ends: placed };
}

const heightOf = (end: CaptureEnd) => MAP.headHeight + Math.max(1, end.ports.length) * MAP.portHeight;
