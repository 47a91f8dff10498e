import type { RuleSet } from './rule-types';

export interface RuleLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** A chain that is not the same in both. */
export interface ChainDifference {
  readonly table: string;
  readonly chain: string;
  /** All its rules in order, those of the other rule set where they would stand. */
  readonly lines: readonly RuleLine[];
}

/**
 * Compares two rule sets chain by chain; order counts, as the kernel asks rules in order.
 *
 * Output: only chains that differ. `added` stands in `mine` alone, `removed` in `other` alone.
 */
export function compareRuleSets(mine: RuleSet, other: RuleSet): readonly ChainDifference[] {
  const left = chainsOf(other);
  const right = chainsOf(mine);
  return [...new Set([...right.keys(), ...left.keys()])].flatMap((id) => {
    const lines = compareLines(left.get(id) ?? [], right.get(id) ?? []);
    const [table = '', chain = ''] = id.split('/');
    return lines.every(({ kind }) => kind === 'same') ? [] : [{ table, chain, lines }];
  });
}

function chainsOf({ tables }: RuleSet): ReadonlyMap<string, readonly string[]> {
  return new Map(tables.flatMap(({ chains }) => chains.map(({ id, rules }) => [id, rules.map(({ text }) => text)])));
}

/** The longest common run of rules stays, the rest is removed or added. */
function compareLines(before: readonly string[], after: readonly string[]): readonly RuleLine[] {
  const common = commonLengths(before, after);
  const lines: RuleLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      lines.push({ kind: 'same', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: 'removed', text: old });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: now ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** How many rules from (i, j) on can stay. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths: number[][] = Array.from({ length: before.length + 1 }, () => []);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] ?? [];
      row[j] =
        before[i] === after[j] ? 1 + at(lengths, i + 1, j + 1) : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1));
    }
  }
  return lengths;
}

const at = (lengths: readonly (readonly number[])[], i: number, j: number) => lengths[i]?.[j] ?? 0;
