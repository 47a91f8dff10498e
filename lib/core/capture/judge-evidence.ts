import type { NftRule } from './build-nft-rules';
import type { CaptureEvidence, FamilyEvidence } from './evidence-types';
import { findRuleDifferences } from './find-rule-differences';
import { parseRuleDump } from './parse-rule-dump';
import { type LogDump, readLogDumps } from './read-log-dumps';
import { renderNftCommands } from './render-nft';
import { renderSavedRule } from './render-save';
import { listRules, type Rule, type RuleSet } from './rule-types';

/**
 * Holds computed rules against what the pod's istio-init printed.
 *
 * Input: the container's log, absent where it cannot be read; the computed rules of each family; those of nftables, where
 * the pod was asked for them.
 * Output: `verified` if every family of the log has the computed rules and none is missing, else the differences.
 * Where the container ran several times, its last run counts. The kernel's state goes before what was loaded.
 */
export function judgeEvidence(
  log: string | undefined,
  computed: readonly RuleSet[],
  nftRules?: readonly NftRule[],
): CaptureEvidence {
  if (log === undefined) return { kind: 'computed', because: 'no-log', errors: [] };
  const { dumps, hasNftables, nftLines, errors } = readLogDumps(log);
  if (hasNftables && nftRules !== undefined) return judgeNft(nftLines, renderNftCommands(nftRules), errors);
  const families = computed.flatMap((ruleSet) => {
    // A dry run shows a state without a table.
    const own = dumps.filter((dump) => dump.family === ruleSet.family && dump.text.includes('*'));
    const found = own.findLast((dump) => dump.source === 'final-state') ?? own.at(-1);
    return found === undefined ? [] : [toEvidence(found, ruleSet)];
  });
  if (families.length === 0) {
    return { kind: 'computed', because: hasNftables ? 'native-nftables' : 'no-dump', errors };
  }
  const isSame = families.every(
    ({ differences, dump }) => differences.length === 0 && dump.ruleSet.unread === undefined,
  );
  return { kind: isSame && errors.length === 0 ? 'verified' : 'different', families, errors };
}

function judgeNft(lines: readonly string[], computed: readonly string[], errors: readonly string[]): CaptureEvidence {
  const length = Math.max(lines.length, computed.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => lines[index] !== computed[index]);
  if (at === undefined)
    return { kind: errors.length === 0 ? 'verified' : 'different', families: [], nft: { lines }, errors };
  const differs = { there: lines[at] ?? '', computed: computed[at] ?? '' };
  return { kind: 'different', families: [], nft: { lines, differs }, errors };
}

function toEvidence({ family, source, text }: LogDump, computed: RuleSet): FamilyEvidence {
  const dump = parseRuleDump(text, { family });
  return {
    family,
    source,
    dump: { ...dump, ruleSet: withMeanings(dump.ruleSet, computed) },
    differences: findRuleDifferences(dump.ruleSet, computed),
  };
}

/** Rules that were computed, too, say what they mean; the others only where they lead. */
function withMeanings(ruleSet: RuleSet, computed: RuleSet): RuleSet {
  const key = (table: string, text: string) => `${table} ${text}`;
  const meanings = new Map(
    listRules(computed).map((rule) => [key(rule.table, renderSavedRule(rule, computed.family)), rule.meaning]),
  );
  const withMeaning = (rule: Rule): Rule => ({
    ...rule,
    meaning: meanings.get(key(rule.table, renderSavedRule(rule, ruleSet.family))) ?? rule.meaning,
  });
  return {
    ...ruleSet,
    tables: ruleSet.tables.map((table) => ({
      ...table,
      chains: table.chains.map((chain) => ({ ...chain, rules: chain.rules.map(withMeaning) })),
    })),
  };
}
