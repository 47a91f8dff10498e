import type { CaptureMapAnswer } from '@/lib/api/capture';
import { lightOf } from './use-map-light';

type Point = readonly [number, number];
type Edge = CaptureMapAnswer['edges'][number];

const RADIUS = 6;
const ARROW = 5;

/** A line with rounded corners through its points. */
function toPath(points: readonly Point[]): string {
  const parts = points.map((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) return `M${point.join(' ')}`;
    if (after === undefined) return `L${point.join(' ')}`;
    const [start, end] = [toward(point, before), toward(point, after)];
    return `L${start.join(' ')}Q${point.join(' ')} ${end.join(' ')}`;
  });
  return parts.join('');
}

/** The point a corner's radius away, or half way if the neighbour is nearer. */
function toward([x, y]: Point, [toX, toY]: Point): Point {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const share = Math.min(RADIUS, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share];
}

/** A triangle at the end of a line, pointing along its last stretch. */
function toArrow(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [0, 0];
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [((x - fromX) / length) * ARROW, ((y - fromY) / length) * ARROW];
  return `M${x} ${y}L${x - dx - dy * 0.6} ${y - dy + dx * 0.6}L${x - dx + dy * 0.6} ${y - dy - dx * 0.6}Z`;
}

/** All lines of the map; lit ones are drawn last, so that they lie on top. */
export function MapLines({ map, lit }: { readonly map: CaptureMapAnswer; readonly lit: ReadonlySet<string> | null }) {
  const draw = (edge: Edge) => (
    <g key={edge.id} className="map-line" data-kind={edge.kind} data-light={lightOf(lit, edge.id)}>
      <path d={toPath(edge.points)} fill="none" />
      <path d={toArrow(edge.points)} className="map-arrow" />
    </g>
  );
  const isLit = (edge: Edge) => lit?.has(edge.id) ?? false;
  return (
    <svg aria-hidden="true" width={map.width} height={map.height} className="absolute inset-0">
      {/* Half a pixel puts thin lines on whole pixels, so that lines which share a stretch look like one. */}
      <g transform="translate(0.5 0.5)">
        {map.edges.filter((edge) => !isLit(edge)).map(draw)}
        {map.edges.filter(isLit).map(draw)}
      </g>
    </svg>
  );
}
