import { applyTarget, type ChainEnd } from './apply-target';
import { matchRule } from './match-rule';
import type { Packet, PodNetwork } from './packet';
import { readPortRange } from './read-rule-value';
import {
  type Chain,
  findChain,
  type HookName,
  type Match,
  type Rule,
  type RuleSet,
  type TableName,
} from './rule-types';

/** A rule that was asked about a packet. */
export interface RuleTest {
  readonly rule: Rule;
  readonly answer: 'yes' | 'no' | 'unknown';
  /** The first condition that failed, or that cannot be judged. */
  readonly failed?: Match;
}

interface ChainWalk {
  readonly end: ChainEnd;
  /** The packet with the marks that the rules set. */
  readonly packet: Packet;
  /** The connection tracking zone that a rule chose. */
  readonly zone?: number;
}

interface Walker {
  readonly ruleSet: RuleSet;
  readonly table: TableName;
  readonly hook: HookName;
  readonly pod: PodNetwork;
  readonly record: (test: RuleTest) => void;
  packet: Packet;
  zone?: number;
  last?: Rule;
  budget: number;
}

type Step = { readonly kind: 'continue' } | { readonly kind: 'return' } | ChainEnd;

/** The kernel refuses loops, so only a broken dump gets here. */
const MAX_DEPTH = 64;
/** Far above any real rule set; chains that call each other twice and more would take for ever. */
const MAX_TESTS = 200_000;

/**
 * Runs a packet through one built-in chain of one table.
 *
 * Input: `record` hears of every rule that is asked, in order.
 * Output: how it ended; a missing table or chain lets the packet go on.
 * Never throws: what cannot be judged ends the walk as `unknown`.
 */
export function walkChain(
  ruleSet: RuleSet,
  table: TableName,
  hook: HookName,
  packet: Packet,
  pod: PodNetwork,
  record: (test: RuleTest) => void,
): ChainWalk {
  const unread = ruleSet.unread?.find((line) => line.table === undefined || line.table === table);
  if (unread !== undefined)
    return { end: { kind: 'unknown', rule: unreadRule(unread, table), because: 'line' }, packet };
  const chain = findChain(ruleSet, table, hook);
  if (chain === undefined) return { end: { kind: 'accept' }, packet };
  const walker: Walker = { ruleSet, table, hook, pod, record, packet, budget: MAX_TESTS };
  const step = walkRules(walker, chain, 0);
  const zone = walker.zone === undefined ? {} : { zone: walker.zone };
  return { end: toEnd(step, chain, walker.last), packet: walker.packet, ...zone };
}

function toEnd(step: Step, chain: Chain, last: Rule | undefined): ChainEnd {
  if (step.kind !== 'continue' && step.kind !== 'return') return step;
  if (chain.policy === 'DROP') return { kind: 'drop' };
  return step.kind === 'return' && last !== undefined ? { kind: 'accept', rule: last } : { kind: 'accept' };
}

/** Stands for a line that is no rule where a rule is to be named. */
function unreadRule({ line, text }: { readonly line: number; readonly text: string }, table: TableName): Rule {
  const meaning = { code: 'capture.rule.unread', values: { line } };
  return { id: `unread/${line}`, table, chain: '', text, matches: [], target: '', targetOptions: [], meaning };
}

function walkRules(walker: Walker, chain: Chain, depth: number): Step {
  for (const rule of chain.rules) {
    if (walker.budget-- <= 0) return { kind: 'unknown', rule, because: 'endless' };
    const { answer, failed } = matchRule(rule, walker.packet, walker.pod);
    walker.record({ rule, answer, ...(failed === undefined ? {} : { failed }) });
    if (answer === 'no') continue;
    if (answer === 'unknown') return { kind: 'unknown', rule, because: 'condition' };
    walker.last = rule;
    const step = follow(walker, rule, depth);
    if (step.kind !== 'continue') return step;
  }
  return { kind: 'continue' };
}

function follow(walker: Walker, rule: Rule, depth: number): Step {
  const effect = applyTarget(rule, walker.packet, walker.table, walker.hook);
  if (effect?.kind === 'continue') {
    walker.packet = effect.packet;
    // Only the first rule that chooses a zone counts.
    if (effect.zone !== undefined) walker.zone ??= effect.zone;
    return { kind: 'continue' };
  }
  if (effect !== undefined) return effect;
  const chain = findChain(walker.ruleSet, walker.table, rule.target);
  const isJump = chain !== undefined && chain.policy === undefined && rule.targetOptions.length === 0;
  if (!isJump) return { kind: 'unknown', rule, because: 'target' };
  if (depth >= MAX_DEPTH) return { kind: 'unknown', rule, because: 'endless' };
  const step = walkRules(walker, chain, depth + 1);
  if (step.kind !== 'return' && step.kind !== 'continue') return step;
  // After a goto the caller does not go on either.
  return rule.isGoto === true ? { kind: 'return' } : { kind: 'continue' };
}

/** The port to which a REDIRECT or TPROXY rule hands a packet over; nothing for other targets. */
export function handoverPort(rule: Rule): number | undefined {
  if (rule.target !== 'REDIRECT' && rule.target !== 'TPROXY') return undefined;
  const text = rule.targetOptions.find(({ option }) => HANDOVER_OPTIONS.has(option))?.value;
  const range = text === undefined ? undefined : readPortRange(text);
  return range?.[0];
}

const HANDOVER_OPTIONS: ReadonlySet<string> = new Set(['--to-ports', '--to-port', '--on-port']);
