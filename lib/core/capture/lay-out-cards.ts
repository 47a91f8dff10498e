import { MAP, type MapCard, type MapSide } from './capture-map';
import {
  BUILT_IN_CHAINS,
  type Chain,
  findChain,
  type HookName,
  type RuleSet,
  TABLE_ORDER,
  type TableName,
} from './rule-types';

const SIDE_HOOKS: Readonly<Record<MapSide, readonly HookName[]>> = {
  inbound: ['PREROUTING', 'INPUT', 'FORWARD'],
  outbound: ['OUTPUT', 'POSTROUTING'],
};

interface Placed {
  readonly table: TableName;
  readonly chain: Chain;
  readonly isReachable: boolean;
}

/**
 * Stacks the chains in two columns, inbound left and outbound right, in the order a packet meets them.
 *
 * Output: built-in chains without rules are left out; a chain that both sides reach stands on the inbound side;
 * chains that nothing jumps to come last on the inbound side.
 */
export function layOutCards(ruleSet: RuleSet): readonly MapCard[] {
  const seen = new Set<string>();
  const inbound = collect(ruleSet, 'inbound', seen);
  const outbound = collect(ruleSet, 'outbound', seen);
  const orphans = ruleSet.tables.flatMap((table) =>
    table.chains
      .filter((chain) => !seen.has(chain.id) && chain.policy === undefined)
      .map((chain): Placed => ({ table: table.name, chain, isReachable: false })),
  );
  return [...stack([...inbound, ...orphans], 'inbound'), ...stack(outbound, 'outbound')];
}

function collect(ruleSet: RuleSet, side: MapSide, seen: Set<string>): readonly Placed[] {
  return SIDE_HOOKS[side].flatMap((hook) =>
    TABLE_ORDER.filter((table) => BUILT_IN_CHAINS[table].includes(hook)).flatMap((table) => {
      const chain = findChain(ruleSet, table, hook);
      return chain === undefined || chain.rules.length === 0 ? [] : follow(ruleSet, table, chain, seen);
    }),
  );
}

/** A chain, then the chains it jumps to, each once. */
function follow(ruleSet: RuleSet, table: TableName, chain: Chain, seen: Set<string>): readonly Placed[] {
  if (seen.has(chain.id)) return [];
  seen.add(chain.id);
  const targets = chain.rules.flatMap((rule) => findChain(ruleSet, table, rule.target) ?? []);
  return [{ table, chain, isReachable: true }, ...targets.flatMap((target) => follow(ruleSet, table, target, seen))];
}

function stack(placed: readonly Placed[], side: MapSide): readonly MapCard[] {
  let y: number = MAP.cardsY;
  return placed.map(({ table, chain, isReachable }) => {
    const height = MAP.headHeight + Math.max(1, chain.rules.length) * MAP.rowHeight;
    const card: MapCard = {
      id: chain.id,
      table,
      chain: chain.name,
      side,
      isReachable,
      x: side === 'inbound' ? MAP.margin : MAP.width - MAP.sideWidth,
      y,
      width: MAP.sideWidth - MAP.margin,
      height,
      rows: chain.rules.map(({ id, text, meaning, target }, index) => ({
        id,
        text,
        meaning,
        target,
        y: y + MAP.headHeight + index * MAP.rowHeight,
        height: MAP.rowHeight,
      })),
    };
    y += height + MAP.cardGap;
    return card;
  });
}
