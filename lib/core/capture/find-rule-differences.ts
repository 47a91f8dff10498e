import type { DumpDifference } from './evidence-types';
import { renderSavedRule } from './render-save';
import { listRules, type Rule, type RuleSet, TABLE_ORDER } from './rule-types';

/**
 * Compares rules that are there with computed ones, chain by chain, in the kernel's spelling.
 *
 * Output: in table and chain order; empty if every chain holds the same rules in the same order. A rule of somebody else
 * in a chain of the kernel's counts as a difference; chains of somebody else that no rule of these jumps to do not.
 */
export function findRuleDifferences(actual: RuleSet, computed: RuleSet): readonly DumpDifference[] {
  const there = byChain(actual);
  const wanted = byChain(computed);
  const ours = new Set([...wanted.keys()]);
  const ids = [
    ...new Set([...wanted.keys(), ...[...there.keys()].filter((id) => ours.has(id) || isBuiltIn(id) || isIstio(id))]),
  ];
  return ids.sort(byTable).flatMap((id) => compareChain(there.get(id) ?? [], wanted.get(id) ?? []));
}

interface Written {
  readonly rule: Rule;
  readonly text: string;
}

function byChain(ruleSet: RuleSet): ReadonlyMap<string, readonly Written[]> {
  const chains = new Map<string, Written[]>();
  for (const rule of listRules(ruleSet)) {
    const id = `${rule.table}/${rule.chain}`;
    const own = chains.get(id) ?? [];
    own.push({ rule, text: renderSavedRule(rule, ruleSet.family) });
    chains.set(id, own);
  }
  return chains;
}

const isBuiltIn = (id: string) => /\/(PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/.test(id);
const isIstio = (id: string) => id.includes('/ISTIO_');

function byTable(left: string, right: string): number {
  const place = (id: string) => TABLE_ORDER.findIndex((table) => id.startsWith(`${table}/`));
  return place(left) - place(right);
}

function compareChain(there: readonly Written[], wanted: readonly Written[]): readonly DumpDifference[] {
  const missing = without(wanted, there);
  const extra = without(there, wanted);
  if (missing.length > 0 || extra.length > 0) {
    return [...missing.map((one) => toDifference('missing', one)), ...extra.map((one) => toDifference('extra', one))];
  }
  return there.filter(({ text }, at) => text !== wanted[at]?.text).map((one) => toDifference('moved', one));
}

/** What the other list lacks; a rule written twice has to be there twice. */
function without(list: readonly Written[], other: readonly Written[]): readonly Written[] {
  const left = other.map(({ text }) => text);
  return list.filter(({ text }) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function toDifference(kind: DumpDifference['kind'], { rule, text }: Written): DumpDifference {
  return { kind, table: rule.table, chain: rule.chain, text, rule };
}
