import type { RuleDraft, TableName } from './rule-types';

/** Words that never name a chain to create. Source: Istio, tools/istio-iptables/pkg/constants, BuiltInChainsAndTargetsMap. */
const BUILT_IN_NAMES = new Set(['INPUT', 'OUTPUT', 'FORWARD', 'PREROUTING', 'POSTROUTING', 'ACCEPT', 'RETURN', 'DROP']);
const PRINTED_TABLES: readonly TableName[] = ['filter', 'mangle', 'nat', 'raw'];

/**
 * Writes the input that istio-iptables hands to `iptables-restore --noflush`.
 *
 * Input: rules of one family in emission order.
 * Output: lines without a final line break; none if there is no rule. Chains are created in order of first use.
 * Source: Istio, tools/istio-iptables/pkg/builder, buildRestore.
 */
export function renderRestore(rules: readonly RuleDraft[]): readonly string[] {
  return PRINTED_TABLES.flatMap((table) => {
    const own = rules.filter((rule) => rule.table === table);
    if (own.length === 0) return [];
    const names = new Set([...own.map((rule) => rule.chain), ...own.flatMap(plainJump)]);
    const created = [...names].filter((name) => !BUILT_IN_NAMES.has(name)).map((name) => `-N ${name}`);
    return [`* ${table}`, ...created, ...own.map(renderCommand), 'COMMIT'];
  });
}

function renderCommand({ chain, insertAt, text }: RuleDraft): string {
  return insertAt === undefined ? `-A ${chain} ${text}` : `-I ${chain} ${insertAt} ${text}`;
}

/** The target of a rule that ends with it; one followed by options is never a chain. */
function plainJump({ text }: RuleDraft): readonly string[] {
  const target = /(?:^| )-j (\S+)$/.exec(text)?.[1];
  return target === undefined ? [] : [target];
}
