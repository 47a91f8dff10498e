import type { RuleCounter } from './rule-types';

export interface NftListedRule {
  /** As `nft` writes it, without the counter's numbers. */
  readonly text: string;
  readonly counter?: RuleCounter;
}

export interface NftListedChain {
  readonly name: string;
  /** `type nat hook output priority -100; policy accept;` of a base chain. */
  readonly hook?: string;
  readonly rules: readonly NftListedRule[];
}

export interface NftListedTable {
  /** `ip`, `ip6` or `inet`. */
  readonly family: string;
  readonly name: string;
  readonly chains: readonly NftListedChain[];
  /** What else the table holds: sets, maps, flow tables, as text. */
  readonly others: readonly string[];
}

/**
 * Reads what `nft list ruleset` shows, to be shown: the rules' words are kept and not judged.
 *
 * Output: nothing for a text that is no such listing.
 * Never throws.
 */
export function parseNftList(text: string): readonly NftListedTable[] | undefined {
  const tables: { family: string; name: string; chains: NftListedChain[]; others: string[] }[] = [];
  let chain: { name: string; hook?: string; rules: NftListedRule[] } | undefined;
  let depth = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const table = depth === 0 ? /^table (\S+) (\S+) \{$/.exec(line) : null;
    const opened = depth === 1 ? /^chain (\S+) \{$/.exec(line) : null;
    const last = tables.at(-1);
    if (table !== null) {
      tables.push({ family: table[1] ?? '', name: table[2] ?? '', chains: [], others: [] });
      depth = 1;
    } else if (last === undefined) return undefined;
    else if (opened !== null) {
      chain = { name: opened[1] ?? '', rules: [] };
      last.chains.push(chain);
      depth = 2;
    } else if (line === '}') {
      depth--;
      chain = undefined;
    } else if (chain === undefined) {
      last.others.push(line);
      if (line.endsWith('{')) depth++;
    } else if (line.startsWith('type ')) chain.hook = line;
    else chain.rules.push(readRule(line));
  }
  return tables.length === 0 ? undefined : tables;
}

function readRule(line: string): NftListedRule {
  const counted = /counter packets (\d+) bytes (\d+)/.exec(line);
  if (counted === null) return { text: line };
  const counter = { packets: Number(counted[1]), bytes: Number(counted[2]) };
  return { text: line.replace(counted[0], 'counter'), counter };
}
