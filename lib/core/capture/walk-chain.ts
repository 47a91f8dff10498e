import { matchRule } from './match-rule';
import type { Packet } from './packet';
import { findChain, type Rule, type RuleSet, type TableName } from './rule-types';

export type ChainEnd =
  /** The table lets the packet go on; `rule` is the one that said so, absent if the policy did. */
  | { readonly kind: 'accept'; readonly rule?: Rule }
  | { readonly kind: 'drop'; readonly rule?: Rule }
  | { readonly kind: 'redirect'; readonly rule: Rule; readonly port: number }
  | { readonly kind: 'tproxy'; readonly rule: Rule; readonly port: number }
  | { readonly kind: 'unknown'; readonly rule: Rule };

interface ChainWalk {
  /** Rules that matched, in order. */
  readonly hits: readonly Rule[];
  readonly end: ChainEnd;
  /** The packet with the marks that the rules set. */
  readonly packet: Packet;
}

type Step = { readonly kind: 'continue' } | { readonly kind: 'return' } | ChainEnd;

/** Targets that change or log a packet and go on with the next rule. */
const PASSING_TARGETS = new Set(['', 'CT', 'LOG', 'NFLOG', 'TRACE', 'MARK', 'CONNMARK']);
/** The kernel refuses loops, so only a broken dump gets here. */
const MAX_DEPTH = 64;

/**
 * Runs a packet through one built-in chain of one table.
 *
 * Output: what matched and how it ended; a missing table or chain lets the packet go on.
 * Never throws: a rule that cannot be judged ends the walk as `unknown`.
 */
export function walkChain(ruleSet: RuleSet, table: TableName, chain: string, packet: Packet): ChainWalk {
  const walker: Walker = { ruleSet, table, hits: [], packet };
  const step = walkRules(walker, chain, 0);
  const policy = findChain(ruleSet, table, chain)?.policy ?? 'ACCEPT';
  const isOpen = step.kind === 'continue' || step.kind === 'return';
  const end: ChainEnd = isOpen ? { kind: policy === 'DROP' ? 'drop' : 'accept' } : step;
  const last = walker.hits.at(-1);
  const withRule = step.kind === 'return' && end.kind === 'accept' && last !== undefined ? { ...end, rule: last } : end;
  return { hits: walker.hits, end: withRule, packet: walker.packet };
}

interface Walker {
  readonly ruleSet: RuleSet;
  readonly table: TableName;
  readonly hits: Rule[];
  packet: Packet;
}

function walkRules(walker: Walker, chain: string, depth: number): Step {
  for (const rule of findChain(walker.ruleSet, walker.table, chain)?.rules ?? []) {
    const { answer } = matchRule(rule, walker.packet);
    if (answer === 'no') continue;
    if (answer === 'unknown') return { kind: 'unknown', rule };
    walker.hits.push(rule);
    const step = applyTarget(walker, rule, depth);
    if (step.kind !== 'continue') return step;
  }
  return { kind: 'continue' };
}

function applyTarget(walker: Walker, rule: Rule, depth: number): Step {
  if (PASSING_TARGETS.has(rule.target)) {
    walker.packet = applyMarks(rule, walker.packet);
    return { kind: 'continue' };
  }
  switch (rule.target) {
    case 'RETURN':
      return { kind: 'return' };
    case 'ACCEPT':
      return { kind: 'accept', rule };
    case 'DROP':
      return { kind: 'drop', rule };
    case 'REDIRECT':
    case 'TPROXY': {
      // A REDIRECT without a port keeps the packet's own.
      const port = handoverPort(rule) ?? walker.packet.destinationPort;
      return { kind: rule.target === 'REDIRECT' ? 'redirect' : 'tproxy', rule, port };
    }
  }
  const isChain = findChain(walker.ruleSet, walker.table, rule.target) !== undefined;
  if (!isChain || depth >= MAX_DEPTH) return { kind: 'unknown', rule };
  const step = walkRules(walker, rule.target, depth + 1);
  return step.kind === 'return' ? { kind: 'continue' } : step;
}

/** The port to which a REDIRECT or TPROXY rule hands a packet over; nothing for other targets. */
export function handoverPort(rule: Rule): number | undefined {
  if (rule.target !== 'REDIRECT' && rule.target !== 'TPROXY') return undefined;
  const port = rule.targetOptions.find(({ option }) => HANDOVER_OPTIONS.has(option))?.value;
  return port === undefined ? undefined : Number(port);
}

const HANDOVER_OPTIONS = new Set(['--to-ports', '--to-port', '--on-port']);

function applyMarks(rule: Rule, packet: Packet): Packet {
  const option = (name: string) => rule.targetOptions.find((one) => one.option === name)?.value;
  const set = option('--set-mark') ?? option('--set-xmark');
  if (rule.target === 'MARK' && set !== undefined) return { ...packet, mark: combine(packet.mark, set) };
  if (rule.target !== 'CONNMARK') return packet;
  if (set !== undefined) return { ...packet, connectionMark: combine(packet.connectionMark, set) };
  if (option('--save-mark') !== undefined) return { ...packet, connectionMark: packet.mark };
  return option('--restore-mark') === undefined ? packet : { ...packet, mark: packet.connectionMark };
}

/** (old AND NOT mask) XOR value, unsigned. */
function combine(old: number, text: string): number {
  const [value = 0, mask = 0xff_ff_ff_ff] = text.split('/').map(Number);
  return ((old & ~mask) ^ value) >>> 0;
}
