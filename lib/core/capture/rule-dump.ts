import type { RuleSet } from './rule-types';

/** How a text writes rules: as `iptables-save` does, as input of `iptables-restore`, or as `iptables -S`. */
export type DumpFormat = 'save' | 'restore' | 'list';

/** The tool that a dump names in its first comment. */
export interface DumpTool {
  /** `iptables-nft-save`, `ip6tables-save`, ... */
  readonly name: string;
  readonly version: string;
  readonly backend: 'nft' | 'legacy';
}

export interface RuleDump {
  /** `ruleSet.unread` holds the lines that were not understood; rules that were not are in their chains, with `unknown` conditions. */
  readonly ruleSet: RuleSet;
  readonly format: DumpFormat;
  readonly tool?: DumpTool;
  /** Rules were counted, `iptables-save -c`. */
  readonly hasCounters: boolean;
  /** What stood outside of the tables and is no rule: prompts, warnings of the tools. */
  readonly asides: readonly string[];
}
