import type { UnknownReason } from './apply-target';
import type { Packet } from './packet';
import type { HookName, Rule, TableName } from './rule-types';
import type { RuleTest } from './walk-chain';

export interface TraceStep {
  readonly hook: HookName;
  readonly rule: Rule;
}

export type TraceOutcome =
  /** A socket of the pod gets it: `port` after redirection, `by` the rule that changed the way. */
  | { readonly kind: 'delivered'; readonly port: number; readonly by?: Rule }
  | { readonly kind: 'leaves'; readonly interfaceName: string }
  | { readonly kind: 'forwarded' }
  | { readonly kind: 'dropped'; readonly rule?: Rule }
  /** `rule` was not understood, so everything after it is a guess. */
  | { readonly kind: 'unknown'; readonly rule: Rule; readonly because: UnknownReason };

/** One table at one hook: asked or not, and every rule it asked in order. */
export interface TableVisit {
  readonly hook: HookName;
  readonly table: TableName;
  /** Why nat was not asked; absent where the table was. */
  readonly skipped?: 'not-new' | 'settled';
  readonly tests: readonly RuleTest[];
}

export interface Trace {
  /** Hooks the packet passed, in order; `lo` traffic passes both sides. */
  readonly hooks: readonly HookName[];
  /** Rules that matched, in order. */
  readonly steps: readonly TraceStep[];
  /** Only if asked for: every table that has rules, with the rules that did not match, too. */
  readonly visits: readonly TableVisit[];
  readonly outcome: TraceOutcome;
  /** The packet as it ended: address and port after translation, marks as the rules left them. */
  readonly packet: Packet;
  /** Where it was sent to, if a rule changed that; the receiver can still read it. */
  readonly originalDestination?: { readonly address: string; readonly port: number };
  /** The connection tracking zone that a rule chose. */
  readonly zone?: number;
  /** It came back into the pod over `lo`. */
  readonly isLooped: boolean;
}
