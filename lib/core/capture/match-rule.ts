import ipaddr from 'ipaddr.js';
import type { Packet } from './packet';
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
export function matchRule(rule: Rule, packet: Packet): RuleAnswer {
  const answers = rule.matches.map((match) => ({ match, answer: matchCondition(match, packet) }));
  const failed = answers.find((one) => one.answer === 'no') ?? answers.find((one) => one.answer === 'unknown');
  return failed === undefined ? { answer: 'yes' } : { answer: failed.answer, failed: failed.match };
}

function matchCondition(match: Match, packet: Packet): MatchAnswer {
  const holds = test(match, packet);
  if (holds === undefined) return 'unknown';
  return holds === match.isNegated ? 'no' : 'yes';
}

/** Whether the condition holds without its negation; nothing if that cannot be told. */
function test(match: Match, packet: Packet): boolean | undefined {
  const { kind, value } = match;
  switch (kind) {
    case 'source':
      return isInRange(packet.source, value);
    case 'destination':
      return isInRange(packet.destination, value);
    case 'in-interface':
      return isInterface(packet.inInterface, value);
    case 'out-interface':
      return isInterface(packet.outInterface, value);
    case 'protocol':
      return value === 'all' || value === packet.protocol;
    case 'module':
      return value === packet.protocol ? true : value === 'tcp' || value === 'udp' ? false : undefined;
    case 'source-port':
    case 'source-ports':
      return packet.sourcePort === undefined ? undefined : isAmong(packet.sourcePort, value);
    case 'destination-port':
    case 'destination-ports':
      return isAmong(packet.destinationPort, value);
    case 'uid-owner':
      return packet.owner === undefined ? false : isId(packet.owner.uid, value);
    case 'gid-owner':
      return packet.owner === undefined ? false : isId(packet.owner.gid, value);
    case 'socket-exists':
      return packet.owner !== undefined;
    case 'connection-state':
      return value.split(',').includes(packet.state);
    case 'mark':
      return isMark(packet.mark, value);
    case 'connection-mark':
      return isMark(packet.connectionMark, value);
    case 'unknown':
      return undefined;
  }
}

function isInRange(address: string, range: string): boolean | undefined {
  const [network = '', length] = range.split('/');
  if (!ipaddr.isValid(address) || !ipaddr.isValid(network)) return undefined;
  const [left, right] = [ipaddr.parse(address), ipaddr.parse(network)];
  if (left.kind() !== right.kind()) return false;
  const bits = length === undefined ? (right.kind() === 'ipv4' ? 32 : 128) : Number(length);
  return left.match(right, bits);
}

/** A trailing `+` is a prefix; a plain name never equals the empty one. */
function isInterface(name: string, pattern: string): boolean {
  return pattern.endsWith('+') ? name !== '' && name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** `80`, `8000:8010`, `53,15008`. */
function isAmong(port: number, list: string): boolean | undefined {
  const ranges = list.split(',').map((part) => part.trim().split(':').map(Number));
  if (ranges.some((range) => range.some(Number.isNaN))) return undefined;
  return ranges.some(([low = 0, high = low]) => port >= low && port <= high);
}

/** A number or a range `a-b`; names cannot be resolved from outside the container. */
function isId(id: number, value: string): boolean | undefined {
  const [low, high = low] = value.split('-').map(Number);
  if (low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return undefined;
  return id >= low && id <= high;
}

function isMark(mark: number, value: string): boolean | undefined {
  const [wanted, mask = 0xff_ff_ff_ff] = value.split('/').map(Number);
  if (wanted === undefined || Number.isNaN(wanted) || Number.isNaN(mask)) return undefined;
  // `>>> 0` keeps the result unsigned, as marks are.
  return (mark & mask) >>> 0 === wanted;
}
