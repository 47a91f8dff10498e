import { parseRuleText } from './parse-rule-text';
import {
  BUILT_IN_CHAINS,
  type Chain,
  type Family,
  type RuleDraft,
  type RuleSet,
  TABLE_ORDER,
  type Table,
  type TableName,
} from './rule-types';

/**
 * Puts emitted rules in their chains, as the kernel holds them after a restore into an empty namespace.
 *
 * Input: rules of one family in emission order.
 * Output: only tables with rules, each with all its built-in chains; inserts are resolved, chains that are only jumped to are empty.
 */
export function buildRuleSet(drafts: readonly RuleDraft[], family: Family): RuleSet {
  const tables = TABLE_ORDER.filter((name) => drafts.some((draft) => draft.table === name));
  return {
    family,
    tables: tables.map((name) =>
      buildTable(
        name,
        drafts.filter((draft) => draft.table === name),
      ),
    ),
  };
}

function buildTable(name: TableName, drafts: readonly RuleDraft[]): Table {
  const builtIn: readonly string[] = BUILT_IN_CHAINS[name];
  const mentioned = new Set(drafts.flatMap((draft) => [draft.chain, ...jumpOf(draft)]));
  const own = [...mentioned].filter((chain) => !builtIn.includes(chain)).sort(byBytes);
  return {
    name,
    chains: [
      ...builtIn.map((chain): Chain => ({ ...buildChain(name, chain, drafts), policy: 'ACCEPT' })),
      ...own.map((chain) => buildChain(name, chain, drafts)),
    ],
  };
}

function buildChain(table: TableName, name: string, drafts: readonly RuleDraft[]): Chain {
  const placed: RuleDraft[] = [];
  for (const draft of drafts.filter((one) => one.chain === name)) {
    placed.splice(draft.insertAt === undefined ? placed.length : draft.insertAt - 1, 0, draft);
  }
  const id = `${table}/${name}`;
  return {
    id,
    name,
    rules: placed.map(({ text, meaning }, index) => ({
      id: `${id}/${index + 1}`,
      table,
      chain: name,
      text,
      ...parseRuleText(text),
      meaning,
    })),
  };
}

/** A target written in capitals with an underscore is one of Istio's chains; the kernel's own targets have none. */
function jumpOf(draft: RuleDraft): readonly string[] {
  const { target } = parseRuleText(draft.text);
  return target.startsWith('ISTIO_') ? [target] : [];
}

function byBytes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
