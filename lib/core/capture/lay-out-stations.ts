import { MAP, type MapEdge, type MapStation, type Point } from './capture-map';
import { BUILT_IN_CHAINS, findChain, type HookName, type RuleSet, TABLE_ORDER } from './rule-types';

export const STATION = {
  in: 'station/in',
  out: 'station/out',
  routing: 'station/routing',
  process: 'process',
} as const;
export const LOOPBACK_EDGE = 'path/loopback';

export const stationOf = (hook: HookName) => `station/${hook}`;
export const pathEdge = (from: string, to: string) => `path/${from}>${to}`;

interface Slot {
  readonly id: string;
  readonly kind: MapStation['kind'];
  readonly name: string;
  readonly width: number;
  readonly hook?: HookName;
}

const INBOUND_SLOTS: readonly Slot[] = [
  { id: STATION.in, kind: 'interface', name: 'eth0', width: 66 },
  { id: stationOf('PREROUTING'), kind: 'hook', name: 'PREROUTING', width: 112, hook: 'PREROUTING' },
  { id: STATION.routing, kind: 'routing', name: 'routing', width: 78 },
  { id: stationOf('INPUT'), kind: 'hook', name: 'INPUT', width: 66, hook: 'INPUT' },
];
const OUTBOUND_SLOTS: readonly Slot[] = [
  { id: stationOf('OUTPUT'), kind: 'hook', name: 'OUTPUT', width: 112, hook: 'OUTPUT' },
  { id: stationOf('POSTROUTING'), kind: 'hook', name: 'POSTROUTING', width: 112, hook: 'POSTROUTING' },
  { id: STATION.out, kind: 'interface', name: 'eth0', width: 66 },
];

/** The packet's way as a row of stations: in, PREROUTING, routing, INPUT, then after the process OUTPUT, POSTROUTING, out. */
export function layOutStations(ruleSet: RuleSet): readonly MapStation[] {
  return [...spread(INBOUND_SLOTS, 0, ruleSet), ...spread(OUTBOUND_SLOTS, MAP.width - MAP.sideWidth, ruleSet)];
}

function spread(slots: readonly Slot[], start: number, ruleSet: RuleSet): readonly MapStation[] {
  const used = slots.reduce((sum, slot) => sum + slot.width, 0);
  const gap = (MAP.sideWidth - used) / (slots.length - 1);
  let x = start;
  return slots.map((slot) => {
    const station: MapStation = {
      id: slot.id,
      kind: slot.kind,
      name: slot.name,
      tables: slot.hook === undefined ? [] : listTables(ruleSet, slot.hook),
      x: Math.round(x),
      y: MAP.spineY,
      width: slot.width,
      height: MAP.spineHeight,
    };
    x += slot.width + gap;
    return station;
  });
}

function listTables(ruleSet: RuleSet, hook: HookName) {
  return TABLE_ORDER.filter(
    (table) => BUILT_IN_CHAINS[table].includes(hook) && (findChain(ruleSet, table, hook)?.rules.length ?? 0) > 0,
  );
}

/** Lines between neighbours, through the process in the middle, and the way back into the pod for traffic on `lo`. */
export function connectStations(stations: readonly MapStation[]): readonly MapEdge[] {
  const y = MAP.spineY + MAP.spineHeight / 2;
  const processLeft = MAP.sideWidth + MAP.gutter;
  const processRight = MAP.width - processLeft;
  const edges: MapEdge[] = [];
  const line = (from: string, to: string, start: number, end: number) =>
    edges.push({
      id: pathEdge(from, to),
      from,
      to,
      kind: 'path',
      points: [
        [start, y],
        [end, y],
      ],
    });
  stations.forEach((station, index) => {
    const next = stations[index + 1];
    const right = station.x + station.width;
    if (next === undefined) return;
    if (next.x <= processRight) line(station.id, next.id, right, next.x);
    else if (right <= processLeft) {
      line(station.id, STATION.process, right, processLeft);
      line(STATION.process, next.id, processRight, next.x);
    } else line(station.id, next.id, right, next.x);
  });
  return [...edges, ...connectLoopback(stations)];
}

function connectLoopback(stations: readonly MapStation[]): readonly MapEdge[] {
  const from = stations.find((station) => station.id === stationOf('POSTROUTING'));
  const to = stations.find((station) => station.id === stationOf('PREROUTING'));
  if (from === undefined || to === undefined) return [];
  const [start, end] = [from.x + from.width / 2, to.x + to.width / 2];
  const points: readonly Point[] = [
    [start, from.y],
    [start, MAP.loopbackY],
    [end, MAP.loopbackY],
    [end, to.y],
  ];
  return [{ id: LOOPBACK_EDGE, from: from.id, to: to.id, kind: 'loopback', points }];
}
