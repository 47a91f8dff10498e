import type { CaptureEnd } from './capture-ends';
import { type Box, type CaptureMap, MAP, type MapFlow } from './capture-map';
import { layOutCards } from './lay-out-cards';
import { layOutEnds } from './lay-out-ends';
import { connectStations, layOutStations } from './lay-out-stations';
import { routeHandovers, routeHooks, routeJumps } from './route-edges';
import { listRules, type RuleSet } from './rule-types';
import { handoverPort } from './walk-chain';

/**
 * Draws a rule set as the capture map: hooks from left to right, chains under them, processes in the middle.
 *
 * Input: the rules of one family, the pod's processes, and the flows to offer.
 * Output: boxes and lines in pixels with stable ids. Larger rule sets make it higher, never wider.
 */
export function buildCaptureMap(ruleSet: RuleSet, ends: readonly CaptureEnd[], flows: readonly MapFlow[]): CaptureMap {
  const stations = layOutStations(ruleSet);
  const cards = layOutCards(ruleSet);
  const inboundBottom = Math.max(MAP.cardsY, ...cards.filter((card) => card.side === 'inbound').map(bottomOf));
  const middle = layOutEnds(ends, inboundBottom);
  const bottom = Math.max(bottomOf(middle.process), ...cards.map(bottomOf));
  const floorY = bottom + MAP.bottomPad / 2;
  const height = bottom + MAP.bottomPad;
  const ports = new Map(listRules(ruleSet).map((rule) => [rule.id, handoverPort(rule)]));
  const panel = findPanel(Math.max(inboundBottom, bottomOf(middle.process)), height);
  return {
    width: MAP.width,
    height,
    stations,
    cards,
    ...middle,
    edges: [
      ...connectStations(stations),
      ...routeHooks(stations, cards),
      ...routeJumps(cards, floorY),
      ...routeHandovers(cards, middle.ends, (id) => ports.get(id)),
    ],
    ...(panel === undefined ? {} : { panel }),
    flows,
  };
}

const bottomOf = (box: Box) => box.y + box.height;

/** The space under the inbound chains and the processes, left of the outbound chains. */
function findPanel(aboveY: number, height: number): Box | undefined {
  const y = aboveY + MAP.panelGap;
  const panel: Box = {
    x: MAP.margin,
    y,
    width: MAP.width - MAP.sideWidth - MAP.gutter - MAP.margin,
    height: height - MAP.bottomPad / 2 - MAP.panelGap / 2 - y,
  };
  return panel.height >= MAP.minPanelHeight ? panel : undefined;
}
