import { buildSidecarRules } from './build-sidecar-rules';
import type { CaptureConfig } from './capture-config';
import { parseRuleText } from './parse-rule-text';
import type { Family, RuleDraft, TableName } from './rule-types';
import { toNftRule } from './to-nft-rule';

/** A rule of a native nftables rule set. */
export interface NftRule {
  readonly table: TableName;
  readonly chain: string;
  /** Counted from 0; absent appends. */
  readonly insertAt?: number;
  /** As the program writes it, e.g. `meta l4proto tcp tcp dport 15008 counter return`. */
  readonly text: string;
  readonly meaning: RuleDraft['meaning'];
}

/** Rules that go family by family as a whole; all others alternate, or are of no family. */
const GROUPS: Readonly<Record<string, string>> = {
  'excluded-range': 'excluded-range',
  'included-range': 'included-range',
  'rerouted-interface-range': 'included-range',
  'dns-server': 'dns-server',
  'dns-zone-app-query': 'dns-zone',
  'dns-zone-server-answer': 'dns-zone',
};

/**
 * Computes the rules that istio-iptables installs with `--native-nftables`: the same steps, in one set for both families.
 *
 * Output: in emission order, inserts as the program turns them.
 * Source: Istio, tools/istio-nftables/pkg/capture/run.go, Run.
 */
export function buildNftRules(config: CaptureConfig): readonly NftRule[] {
  const ofFamily = (family: Family) => toRuns(buildSidecarRules(config, family), family);
  return placeInserts(merge(ofFamily('ipv4'), ofFamily('ipv6')));
}

interface Run {
  readonly key: string;
  readonly rules: readonly NftRule[];
}

function toRuns(drafts: readonly RuleDraft[], family: Family): readonly Run[] {
  const runs: { key: string; rules: NftRule[] }[] = [];
  for (const draft of drafts) {
    const key = keyOf(draft);
    const last = runs.at(-1);
    if (last?.key === key) last.rules.push(toNftRule(draft, family));
    else runs.push({ key, rules: [toNftRule(draft, family)] });
  }
  return runs;
}

function keyOf({ table, chain, text, meaning }: RuleDraft): string {
  const code = meaning.code.replace('capture.rule.', '');
  const group = GROUPS[code];
  if (group === undefined) return `${table} ${chain} ${code} ${JSON.stringify(meaning.values ?? {})} ${targetOf(text)}`;
  // Servers go protocol by protocol.
  return group === 'dns-server' ? `${group} ${text.split(' ')[1] ?? ''}` : group;
}

const targetOf = (text: string) => parseRuleText(text).target;

function merge(ipv4: readonly Run[], ipv6: readonly Run[]): readonly NftRule[] {
  const rules: NftRule[] = [];
  let at = 0;
  for (const run of ipv4) {
    const found = ipv6.findIndex((other, index) => index >= at && other.key === run.key);
    if (found < 0) {
      rules.push(...run.rules);
      continue;
    }
    for (; at < found; at++) rules.push(...(ipv6[at]?.rules ?? []));
    const twin = ipv6[found]?.rules ?? [];
    const isNeutral = twin.every((rule, index) => rule.text === run.rules[index]?.text);
    rules.push(...run.rules, ...(isNeutral ? [] : twin));
    at = found + 1;
  }
  return [...rules, ...ipv6.slice(at).flatMap((run) => run.rules)];
}

/** nft refuses an insert into an empty chain or beyond its end; the program appends there. */
function placeInserts(rules: readonly NftRule[]): readonly NftRule[] {
  const counts = new Map<string, number>();
  return rules.map((rule) => {
    const id = `${rule.table}/${rule.chain}`;
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    if (rule.insertAt === undefined || rule.insertAt < count) return rule;
    const { insertAt: _none, ...appended } = rule;
    return appended;
  });
}
