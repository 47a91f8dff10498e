import { BUILT_IN_CHAINS, type Rule } from './rule-types';

/**
 * Of the rules that matched, the one that chose that a hand-over happens.
 *
 * Output: the jump right before it, where the hand-over stands alone in a chain of its own; nothing where the hand-over
 * chose itself, because all that a hook sees is led to its chain.
 */
export function jumpThatChose(rules: readonly Rule[], handover: Rule): Rule | undefined {
  const before = rules[rules.indexOf(handover) - 1];
  if (before?.target !== handover.chain) return undefined;
  const isHook = BUILT_IN_CHAINS[before.table].some((hook) => hook === before.chain);
  return isHook && before.matches.length === 0 ? undefined : before;
}
