import type { MatchKind } from './rule-types';

export interface OptionRow {
  readonly kind: MatchKind;
  /** How many words follow the option. */
  readonly values: number;
}

const one = (kind: MatchKind): OptionRow => ({ kind, values: 1 });
const alias = (row: OptionRow, ...names: string[]) => Object.fromEntries(names.map((name) => [name, row]));

/** Conditions that need no `-m`. Source: iptables(8). */
export const BASE_OPTIONS: Readonly<Record<string, OptionRow>> = {
  ...alias(one('source'), '-s', '--source', '--src'),
  ...alias(one('destination'), '-d', '--destination', '--dst'),
  ...alias(one('in-interface'), '-i', '--in-interface'),
  ...alias(one('out-interface'), '-o', '--out-interface'),
  ...alias(one('protocol'), '-p', '--protocol', '--proto'),
};

const PORTS = {
  ...alias(one('destination-port'), '--dport', '--destination-port'),
  ...alias(one('source-port'), '--sport', '--source-port'),
};

/** Conditions by module; a module or an option without a row stays opaque. Source: iptables-extensions(8). */
export const MODULE_OPTIONS: Readonly<Record<string, Readonly<Record<string, OptionRow>>>> = {
  tcp: { ...PORTS, '--tcp-flags': { kind: 'tcp-flags', values: 2 }, '--syn': { kind: 'tcp-flags', values: 0 } },
  udp: PORTS,
  sctp: PORTS,
  dccp: PORTS,
  udplite: PORTS,
  multiport: {
    ...alias(one('destination-ports'), '--dports', '--destination-ports'),
    ...alias(one('source-ports'), '--sports', '--source-ports'),
    '--ports': one('either-ports'),
  },
  owner: {
    '--uid-owner': one('uid-owner'),
    '--gid-owner': one('gid-owner'),
    '--socket-exists': { kind: 'socket-exists', values: 0 },
  },
  conntrack: { '--ctstate': one('connection-state') },
  state: { '--state': one('connection-state') },
  mark: { '--mark': one('mark') },
  connmark: { '--mark': one('connection-mark') },
  iprange: { '--src-range': one('source-range'), '--dst-range': one('destination-range') },
  addrtype: { '--src-type': one('source-kind'), '--dst-type': one('destination-kind') },
  comment: { '--comment': one('comment') },
};

/** Words after a target's option where the next word need not be an option. */
export const TARGET_ARITY: Readonly<Record<string, number>> = {
  '--to-ports': 1,
  '--to-port': 1,
  '--on-port': 1,
  '--on-ip': 1,
  '--tproxy-mark': 1,
  '--set-mark': 1,
  '--set-xmark': 1,
  '--save-mark': 0,
  '--restore-mark': 0,
  '--nfmask': 1,
  '--ctmask': 1,
  '--mask': 1,
  '--zone': 1,
  '--random': 0,
};
