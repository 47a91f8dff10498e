import type { CaptureMap, MapCard, MapEdge } from './capture-map';

type Parts = Pick<CaptureMap, 'cards' | 'ends' | 'edges' | 'stations'>;

/**
 * Finds what belongs to one part of the capture map: where it leads, and what leads to it.
 *
 * Input: the id of a rule, chain, station, process or port.
 * Output: ids of the part itself, its lines and what stands at their other ends; only the id for a part that is not there.
 */
export function findRelatedParts(map: Parts, id: string): ReadonlySet<string> {
  const port = map.ends.flatMap((end) => end.ports.map((one) => ({ end, one }))).find(({ one }) => one.id === id);
  const card = map.cards.find((one) => one.id === id);
  const row = map.cards.find((one) => one.rows.some((rule) => rule.id === id));
  const end = map.ends.find((one) => one.id === id);
  if (row !== undefined) return new Set([id, row.id, ...leadsTo(map, (edge) => edge.from === id)]);
  if (card !== undefined) return new Set([id, ...ofCard(map, card)]);
  if (port !== undefined) return new Set([id, port.end.id, ...leadsFrom(map, (edge) => edge.to === id)]);
  if (end !== undefined) {
    const ids = end.ports.map((one) => one.id);
    return new Set([id, ...leadsFrom(map, (edge) => ids.includes(edge.to))]);
  }
  return new Set([id, ...leadsTo(map, (edge) => edge.from === id), ...leadsFrom(map, (edge) => edge.to === id)]);
}

/** The lines that a filter picks and where they end, with the process around a port. */
function leadsTo({ edges, ends }: Parts, picks: (edge: MapEdge) => boolean): readonly string[] {
  return edges.filter(picks).flatMap((edge) => {
    const around = ends.find((end) => end.ports.some((port) => port.id === edge.to));
    return [edge.id, edge.to, ...(around === undefined ? [] : [around.id])];
  });
}

/** The lines that a filter picks and the rules they come from, with the chain around a rule. */
function leadsFrom({ edges, cards }: Parts, picks: (edge: MapEdge) => boolean): readonly string[] {
  return edges.filter(picks).flatMap((edge) => {
    const around = cards.find((card) => card.rows.some((row) => row.id === edge.from));
    return [edge.id, edge.from, ...(around === undefined ? [] : [around.id])];
  });
}

function ofCard(map: Parts, card: MapCard): readonly string[] {
  const own = new Set(card.rows.map((row) => row.id));
  return [...own, ...leadsTo(map, (edge) => own.has(edge.from)), ...leadsFrom(map, (edge) => edge.to === card.id)];
}
