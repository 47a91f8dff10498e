import { MAP, type MapCard, type MapEdge, type MapEnd, type MapRow, type MapStation, type Point } from './capture-map';

export const jumpEdge = (ruleId: string) => `jump/${ruleId}`;

const middleOf = (row: MapRow) => row.y + row.height / 2;
const headOf = (card: MapCard) => card.y + MAP.headHeight / 2;
const outerEdge = (card: MapCard) => (card.side === 'inbound' ? card.x : card.x + card.width);
const innerEdge = (card: MapCard) => (card.side === 'inbound' ? card.x + card.width : card.x);
/** The x of a jump line beside a column; lane 0 is nearest to the cards. */
const laneX = (side: MapCard['side'], lane: number) => {
  const distance = Math.min(MAP.margin - 3, 5 + lane * MAP.lane);
  return side === 'inbound' ? MAP.margin - distance : MAP.width - MAP.margin + distance;
};

/** From each hook down to its tables' chains, the first straight, the others beside the column. */
export function routeHooks(stations: readonly MapStation[], cards: readonly MapCard[]): readonly MapEdge[] {
  return stations.flatMap((station) => {
    const own = cards.filter((card) => `station/${card.chain}` === station.id);
    const x = station.x + station.width / 2;
    const bottom = station.y + station.height;
    return own.map((card, index): MapEdge => {
      const isFirst = index === 0 && card.y === MAP.cardsY;
      const lane = laneX(card.side, 2);
      const aside: readonly Point[] = [
        [x, bottom],
        [x, bottom + 10],
        [lane, bottom + 10],
        [lane, headOf(card)],
        [outerEdge(card), headOf(card)],
      ];
      const straight: readonly Point[] = [
        [x, bottom],
        [x, card.y],
      ];
      return { id: `hook/${card.id}`, from: station.id, to: card.id, kind: 'hook', points: isFirst ? straight : aside };
    });
  });
}

/** From each rule to the chain it jumps to; chains on the other side are reached under the whole picture. */
export function routeJumps(cards: readonly MapCard[], floorY: number): readonly MapEdge[] {
  const lanes = new Map<string, number>();
  return cards.flatMap((card) =>
    card.rows.flatMap((row): readonly MapEdge[] => {
      const target = cards.find((one) => one.table === card.table && one.chain === row.target);
      if (target === undefined) return [];
      const key = `${card.side}>${target.id}`;
      const lane = lanes.get(key) ?? [...lanes.keys()].filter((one) => one.startsWith(card.side)).length;
      lanes.set(key, lane);
      const points =
        target.side === card.side ? besideColumn(card, row, target, lane % 2) : underneath(card, row, target, floorY);
      return [{ id: jumpEdge(row.id), from: row.id, to: target.id, kind: 'jump', points }];
    }),
  );
}

function besideColumn(card: MapCard, row: MapRow, target: MapCard, lane: number): readonly Point[] {
  const x = laneX(card.side, lane);
  return [
    [outerEdge(card), middleOf(row)],
    [x, middleOf(row)],
    [x, headOf(target)],
    [outerEdge(target), headOf(target)],
  ];
}

function underneath(card: MapCard, row: MapRow, target: MapCard, floorY: number): readonly Point[] {
  const [start, end] = [laneX(card.side, 3), laneX(target.side, 3)];
  return [
    [outerEdge(card), middleOf(row)],
    [start, middleOf(row)],
    [start, floorY],
    [end, floorY],
    [end, headOf(target)],
    [outerEdge(target), headOf(target)],
  ];
}

/** From each rule that hands over to a port, to the process that listens there. */
export function routeHandovers(
  cards: readonly MapCard[],
  ends: readonly MapEnd[],
  portOf: (ruleId: string) => number | undefined,
): readonly MapEdge[] {
  let count = 0;
  return cards.flatMap((card) =>
    card.rows.flatMap((row): readonly MapEdge[] => {
      const port = portOf(row.id);
      const end = ends.find((one) => one.kind !== 'app' && one.ports.some((own) => own.port === port));
      const to = end?.ports.find((own) => own.port === port);
      if (end === undefined || to === undefined) return [];
      const isInbound = card.side === 'inbound';
      const lane = innerEdge(card) + (isInbound ? 1 : -1) * (MAP.gutter / 2 - 6 + (count++ % 3) * MAP.lane);
      const edge = isInbound ? end.x : end.x + end.width;
      const y = to.y + to.height / 2;
      const points: readonly Point[] = [
        [innerEdge(card), middleOf(row)],
        [lane, middleOf(row)],
        [lane, y],
        [edge, y],
      ];
      return [{ id: jumpEdge(row.id), from: row.id, to: to.id, kind: 'handover', points }];
    }),
  );
}
