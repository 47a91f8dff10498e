import type { RuleDump } from './rule-dump';
import type { Family, Rule } from './rule-types';

/** One rule or chain in which the pod's own text and the computed rules differ. */
export interface DumpDifference {
  /** `missing`: computed, but not there; `extra`: there, but not computed; `moved`: both, in another order. */
  readonly kind: 'missing' | 'extra' | 'moved';
  readonly table: string;
  readonly chain: string;
  /** As a dump shows it; for `missing` the computed rule, otherwise the one that is there. */
  readonly text: string;
  readonly rule: Rule;
}

/** Rules of one family as the pod's log shows them, beside the computed ones. */
export interface FamilyEvidence {
  readonly family: Family;
  /** `final-state`: what the kernel had afterwards; `restore-input`: what the program was about to load. */
  readonly source: 'final-state' | 'restore-input';
  /** The rules of the log, with the meanings of those that were computed, too. */
  readonly dump: RuleDump;
  /** Empty: both are the same. */
  readonly differences: readonly DumpDifference[];
}

export interface NftEvidence {
  readonly lines: readonly string[];
  readonly differs?: { readonly there: string; readonly computed: string };
}

/** How sure the shown rules are. */
export type CaptureEvidence =
  | {
      readonly kind: 'verified' | 'different';
      readonly families: readonly FamilyEvidence[];
      /** Where nftables' own rules were loaded: what the log shows of them, and the first line that differs. */
      readonly nft?: NftEvidence;
      /** What the log says went wrong while the rules were loaded. */
      readonly errors: readonly string[];
    }
  | {
      readonly kind: 'computed';
      /** `no-log`: nothing to read; `no-dump`: a log without rules; `native-nftables`: rules in another language. */
      readonly because: 'no-log' | 'no-dump' | 'native-nftables';
      readonly errors: readonly string[];
    };
