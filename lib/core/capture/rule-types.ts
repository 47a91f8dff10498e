import type { Phrase } from '@/lib/core/phrase';

/** Netfilter as Sidelight models it: tables hold chains, chains hold rules in order. One rule set per address family. */
export type Family = 'ipv4' | 'ipv6';
export type TableName = 'raw' | 'mangle' | 'nat' | 'filter' | 'security';
export type HookName = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export type MatchKind =
  | 'source'
  | 'destination'
  | 'in-interface'
  | 'out-interface'
  | 'protocol'
  | 'source-port'
  | 'destination-port'
  | 'source-ports'
  | 'destination-ports'
  | 'either-ports'
  | 'uid-owner'
  | 'gid-owner'
  | 'socket-exists'
  | 'connection-state'
  | 'mark'
  | 'connection-mark'
  | 'source-range'
  | 'destination-range'
  | 'source-kind'
  | 'destination-kind'
  | 'tcp-flags'
  | 'comment'
  | 'module'
  | 'unknown';

export interface Match {
  readonly kind: MatchKind;
  readonly isNegated: boolean;
  readonly value: string;
  /** The option as written, e.g. `--dport`; for `module` the bare `-m`. */
  readonly option: string;
  /** What `-m` named before the option; absent for base options and for ports right after `-p`. */
  readonly module?: string;
  /** The `-m` stands right before this option; later options of the same module share it. */
  readonly opensModule?: true;
}

export interface TargetOption {
  readonly option: string;
  readonly value: string;
}

/** A rule as emitted or parsed, before it has a place in a chain. */
export interface RuleDraft {
  readonly table: TableName;
  readonly chain: string;
  /** Insert at this position, counted from 1; absent appends. */
  readonly insertAt?: number;
  /** Everything after the chain name, e.g. `-p tcp --dport 15008 -j RETURN`. */
  readonly text: string;
  readonly meaning: Phrase;
}

/** How often something was met, in packets and bytes, as `iptables-save -c` prints it. */
export interface RuleCounter {
  readonly packets: number;
  readonly bytes: number;
}

export interface Rule {
  /** `nat/ISTIO_INBOUND/2`: table, chain, position counted from 1. */
  readonly id: string;
  readonly table: TableName;
  readonly chain: string;
  readonly text: string;
  readonly matches: readonly Match[];
  /** Where the rule sends the packet: a chain, or RETURN, ACCEPT, REDIRECT and the like; empty if it only counts. */
  readonly target: string;
  readonly targetOptions: readonly TargetOption[];
  /** Written with `-g`: the chain's end leads to the caller's caller. */
  readonly isGoto?: true;
  readonly counter?: RuleCounter;
  readonly meaning: Phrase;
}

export interface Chain {
  /** `nat/ISTIO_INBOUND` */
  readonly id: string;
  readonly name: string;
  /** Only built-in chains have one. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly counter?: RuleCounter;
  readonly rules: readonly Rule[];
}

export interface Table {
  readonly name: TableName;
  /** Built-in chains in hook order, then the others by byte value, as a dump lists them. */
  readonly chains: readonly Chain[];
}

/** A line of a dump that says something about rules and was not understood. */
export interface UnreadLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  /** The table it belongs to; absent if it could be about any. */
  readonly table?: TableName;
}

export interface RuleSet {
  readonly family: Family;
  /** In the order the kernel runs them at a hook. */
  readonly tables: readonly Table[];
  /** Only for parsed texts: whoever meets such a table cannot tell what happens there. */
  readonly unread?: readonly UnreadLine[];
}

/** Order of the tables at every hook. Source: Linux, include/uapi/linux/netfilter_ipv4.h, nf_ip_hook_priorities. */
export const TABLE_ORDER: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter', 'security'];

/** Order of the tables at each hook: nat comes before filter where it changes destinations, after it where it changes sources. */
export const HOOK_TABLES: Readonly<Record<HookName, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'security', 'nat'],
  FORWARD: ['mangle', 'filter', 'security'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter', 'security'],
  POSTROUTING: ['mangle', 'nat'],
};

export const BUILT_IN_CHAINS: Readonly<Record<TableName, readonly HookName[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

export const CHAIN = {
  inbound: 'ISTIO_INBOUND',
  inRedirect: 'ISTIO_IN_REDIRECT',
  output: 'ISTIO_OUTPUT',
  outputDns: 'ISTIO_OUTPUT_DNS',
  redirect: 'ISTIO_REDIRECT',
  divert: 'ISTIO_DIVERT',
  tproxy: 'ISTIO_TPROXY',
  drop: 'ISTIO_DROP',
} as const;

/** The chain of a table, or nothing if the table or the chain does not exist. */
export function findChain(ruleSet: RuleSet, table: TableName, name: string): Chain | undefined {
  return ruleSet.tables.find((one) => one.name === table)?.chains.find((chain) => chain.name === name);
}

/** Every rule in table, chain and rule order. */
export function listRules(ruleSet: RuleSet): readonly Rule[] {
  return ruleSet.tables.flatMap((table) => table.chains.flatMap((chain) => chain.rules));
}
