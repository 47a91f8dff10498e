import { renderRestore } from './render-restore';
import type { Family, RuleDraft } from './rule-types';

/**
 * Writes the same rules as one call of the tool a line, for people who want to type them.
 *
 * Output: chains are created before the rules, tables in the order of the restore text.
 */
export function renderCommands(rules: readonly RuleDraft[], family: Family): readonly string[] {
  const tool = family === 'ipv6' ? 'ip6tables' : 'iptables';
  let table = '';
  return renderRestore(rules).flatMap((line) => {
    if (line.startsWith('* ')) {
      table = line.slice(2);
      return [];
    }
    return line === 'COMMIT' ? [] : [`${tool} -t ${table} ${line.replace(/(^| )!( |$)/g, "$1'!'$2")}`];
  });
}
