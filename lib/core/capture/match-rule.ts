import { kindOfAddress } from './address-kind';
import type { Packet, PodNetwork } from './packet';
import { isInAddressRange, isInCidr, readAddress } from './read-address';
import { isInRanges, type NumberRange, readIdRange, readMask, readPortRange, readPortRanges } from './read-rule-value';
import { isInterfacePattern, readProtocol, readStates, readTcpFlags } from './read-rule-words';
import type { Match, Rule } from './rule-types';

type MatchAnswer = 'yes' | 'no' | 'unknown';

interface RuleAnswer {
  readonly answer: MatchAnswer;
  /** The first condition that failed or that Sidelight cannot judge. */
  readonly failed?: Match;
}

/**
 * Judges all conditions of a rule for a packet, in order.
 *
 * Output: `no` as soon as one condition fails, even if another is unknown; `unknown` if only unknown ones stand in the way.
 * Never throws: a value that cannot be read is unknown.
 */
export function matchRule(rule: Rule, packet: Packet, pod: PodNetwork): RuleAnswer {
  let unknown: Match | undefined;
  for (const match of rule.matches) {
    const holds = test(match, packet, pod);
    if (holds === undefined) unknown ??= match;
    else if (holds === match.isNegated) return { answer: 'no', failed: match };
  }
  return unknown === undefined ? YES : { answer: 'unknown', failed: unknown };
}

const YES: RuleAnswer = { answer: 'yes' };

/** Whether Sidelight can judge a condition for some packet; the others are shown as text only. */
export function isReadable(match: Match): boolean {
  return test(match, SAMPLE, SAMPLE_POD) !== undefined;
}

/** Asks for everything that a rule can ask for. */
const SAMPLE: Packet = {
  protocol: 'tcp',
  source: '192.0.2.1',
  sourcePort: 1,
  destination: '192.0.2.2',
  destinationPort: 1,
  inInterface: '',
  outInterface: '',
  mark: 0,
  connectionMark: 0,
  state: 'NEW',
};
const SAMPLE_POD: PodNetwork = { addresses: [], interfaceName: 'eth0', localMarks: [] };

/** Whether the condition holds without its negation; nothing if that cannot be told. */
function test(match: Match, packet: Packet, pod: PodNetwork): boolean | undefined {
  const { kind, value } = match;
  switch (kind) {
    case 'source':
      return isInCidr(readAddress(packet.source), value);
    case 'destination':
      return isInCidr(readAddress(packet.destination), value);
    case 'in-interface':
      return isInterface(packet.inInterface, value);
    case 'out-interface':
      return isInterface(packet.outInterface, value);
    case 'protocol':
      return isProtocol(packet, value);
    case 'module':
      return PROTOCOL_MODULES.has(value) ? value === packet.protocol : undefined;
    case 'source-port':
    case 'source-ports':
      return isPort(kind, packet.sourcePort, value);
    case 'destination-port':
    case 'destination-ports':
      return isPort(kind, packet.destinationPort, value);
    case 'either-ports':
      return isEither(isPort(kind, packet.sourcePort, value), isPort(kind, packet.destinationPort, value));
    case 'uid-owner':
      return isOwner(packet.owner?.uid, value);
    case 'gid-owner':
      return isOwner(packet.owner?.gid, value);
    case 'socket-exists':
      return packet.owner !== undefined;
    case 'connection-state':
      return readStates(value)?.has(packet.state);
    case 'mark':
      return isMark(packet.mark, value);
    case 'connection-mark':
      return isMark(packet.connectionMark, value);
    case 'source-range':
      return isInAddressRange(readAddress(packet.source), value);
    case 'destination-range':
      return isInAddressRange(readAddress(packet.destination), value);
    case 'source-kind':
      return kindOfAddress(packet.source, value, pod);
    case 'destination-kind':
      return kindOfAddress(packet.destination, value, pod);
    case 'tcp-flags':
      return hasTcpFlags(packet, value);
    case 'comment':
      return !match.isNegated;
    case 'unknown':
      return undefined;
  }
}

const PROTOCOL_MODULES: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);

function isProtocol(packet: Packet, value: string): boolean | undefined {
  const wanted = readProtocol(value);
  return wanted === undefined ? undefined : wanted === 'all' || wanted === packet.protocol;
}

/** A trailing `+` is a prefix; a plain name never equals the empty one. */
function isInterface(name: string, pattern: string): boolean | undefined {
  if (!isInterfacePattern(pattern)) return undefined;
  if (pattern === '+') return true;
  return pattern.endsWith('+') ? name !== '' && name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function isPort(kind: Match['kind'], port: number | undefined, value: string): boolean | undefined {
  const single = kind === 'source-port' || kind === 'destination-port' ? readPortRange(value) : undefined;
  const ranges: readonly NumberRange[] | undefined = single === undefined ? portList(kind, value) : [single];
  return port === undefined || ranges === undefined ? undefined : isInRanges(port, ranges);
}

function portList(kind: Match['kind'], value: string): readonly NumberRange[] | undefined {
  return kind === 'source-port' || kind === 'destination-port' ? undefined : readPortRanges(value);
}

function isEither(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === true || right === true) return true;
  return left === undefined || right === undefined ? undefined : false;
}

/** Without a socket there is no owner; a value that cannot be read stays unknown even then. */
function isOwner(id: number | undefined, value: string): boolean | undefined {
  const range = readIdRange(value);
  return range === undefined ? undefined : id !== undefined && isInRanges(id, [range]);
}

function isMark(mark: number, value: string): boolean | undefined {
  const wanted = readMask(value);
  // `>>> 0` keeps the result unsigned, as marks are.
  return wanted === undefined ? undefined : (mark & wanted.mask) >>> 0 === wanted.value;
}

/** The first packet of a connection carries SYN alone; of later ones the flags are not known. */
function hasTcpFlags(packet: Packet, value: string): boolean | undefined {
  const asked = readTcpFlags(value);
  if (asked === undefined) return undefined;
  if (packet.protocol !== 'tcp') return false;
  if (packet.state !== 'NEW') return undefined;
  const seen = asked.mask.has('SYN') ? ['SYN'] : [];
  return seen.length === asked.set.size && seen.every((flag) => asked.set.has(flag));
}
