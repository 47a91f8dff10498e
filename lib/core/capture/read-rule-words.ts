import { CONNECTION_STATES } from './packet';

const PROTOCOL_NAMES: Readonly<Record<string, string>> = {
  all: 'all',
  '0': 'all',
  '1': 'icmp',
  icmp: 'icmp',
  '6': 'tcp',
  tcp: 'tcp',
  '17': 'udp',
  udp: 'udp',
  '58': 'ipv6-icmp',
  icmpv6: 'ipv6-icmp',
  'ipv6-icmp': 'ipv6-icmp',
  '132': 'sctp',
  sctp: 'sctp',
};
/** Protocols that no packet of the tracer has, so that a rule for them never applies. */
const OTHER_PROTOCOLS: ReadonlySet<string> = new Set([
  'igmp',
  'ah',
  'esp',
  'gre',
  'udplite',
  'dccp',
  'ipip',
  'ospf',
  'mh',
]);

/** The protocol that a rule asks for; `all` for every one, nothing for a name that is none. */
export function readProtocol(value: string): string | undefined {
  const name = Object.hasOwn(PROTOCOL_NAMES, value) ? PROTOCOL_NAMES[value] : undefined;
  if (name !== undefined) return name;
  return OTHER_PROTOCOLS.has(value) || (/^[1-9]\d{0,2}$/.test(value) && Number(value) < 256) ? value : undefined;
}

/** A name that Linux allows for an interface, with `+` as its end for a prefix. */
export function isInterfacePattern(value: string): boolean {
  return /^[^\s/!+"]{0,15}\+?$/.test(value) && value !== '' && value.length <= 15;
}

const STATES: ReadonlySet<string> = new Set(CONNECTION_STATES);

/** `RELATED,ESTABLISHED`; nothing if one is no state or one that Sidelight does not follow, e.g. DNAT. */
export function readStates(value: string): ReadonlySet<string> | undefined {
  const states = value.split(',');
  return states.every((state) => STATES.has(state)) ? new Set(states) : undefined;
}

const TCP_FLAGS = ['SYN', 'ACK', 'FIN', 'RST', 'URG', 'PSH'] as const;

interface TcpFlags {
  readonly mask: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

/** `FIN,SYN,RST,ACK SYN`: which flags are looked at, and which of them are set. Empty stands for `--syn`. */
export function readTcpFlags(value: string): TcpFlags | undefined {
  const [mask, set, ...rest] = (value === '' ? 'FIN,SYN,RST,ACK SYN' : value).split(' ').map(readFlagList);
  return mask === undefined || set === undefined || rest.length > 0 ? undefined : { mask, set };
}

function readFlagList(text: string): ReadonlySet<string> | undefined {
  if (text === 'ALL') return new Set(TCP_FLAGS);
  if (text === 'NONE') return new Set();
  const flags = text.split(',');
  return flags.every((flag) => TCP_FLAGS.some((known) => known === flag)) ? new Set(flags) : undefined;
}
