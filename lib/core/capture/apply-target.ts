import { combine, setMarks } from './apply-marks';
import type { Packet } from './packet';
import { readAddress } from './read-address';
import { readMask, readPortRange } from './read-rule-value';
import type { HookName, Rule, TableName } from './rule-types';
import { hasOnly, optionsOf } from './target-options';

export type ChainEnd =
  /** The table lets the packet go on; `rule` is the one that said so, absent if the policy did. */
  | { readonly kind: 'accept'; readonly rule?: Rule }
  | { readonly kind: 'drop'; readonly rule?: Rule }
  | { readonly kind: 'redirect'; readonly rule: Rule; readonly port: number }
  | { readonly kind: 'tproxy'; readonly rule: Rule; readonly port: number; readonly packet: Packet }
  /** The destination changes to an address outside of the rule's own machine. */
  | { readonly kind: 'translate'; readonly rule: Rule; readonly address?: string; readonly port?: number }
  | { readonly kind: 'unknown'; readonly rule: Rule; readonly because: UnknownReason };

/** What was not understood: a condition, a target, a line that is no rule, jumps without end. */
export type UnknownReason = 'condition' | 'target' | 'line' | 'endless';

export type TargetEffect =
  | { readonly kind: 'continue'; readonly packet: Packet; readonly zone?: number }
  | { readonly kind: 'return' }
  | ChainEnd;

/** Targets that log or rewrite what no rule of ours looks at, and go on with the next rule. */
const PASSING_TARGETS: ReadonlySet<string> = new Set([
  '',
  'LOG',
  'NFLOG',
  'TRACE',
  'TCPMSS',
  'CHECKSUM',
  'CLASSIFY',
  'DSCP',
  'TOS',
]);

/**
 * Applies a target of the kernel's own to a packet.
 *
 * Output: what becomes of packet and walk; nothing for a name that is none of the kernel's, so perhaps a chain's.
 * A target in a table or hook where the kernel does not allow it, or with options that cannot be read, is unknown.
 */
export function applyTarget(rule: Rule, packet: Packet, table: TableName, hook: HookName): TargetEffect | undefined {
  if (PASSING_TARGETS.has(rule.target)) return { kind: 'continue', packet };
  const unknown: ChainEnd = { kind: 'unknown', rule, because: 'target' };
  switch (rule.target) {
    case 'RETURN':
      return rule.targetOptions.length === 0 ? { kind: 'return' } : unknown;
    case 'ACCEPT':
      return rule.targetOptions.length === 0 ? { kind: 'accept', rule } : unknown;
    case 'DROP':
      return rule.targetOptions.length === 0 ? { kind: 'drop', rule } : unknown;
    case 'REJECT':
      return table === 'filter' ? { kind: 'drop', rule } : unknown;
    case 'REDIRECT':
      return table === 'nat' && isDestinationHook(hook) ? (redirect(rule, packet) ?? unknown) : unknown;
    case 'TPROXY':
      return table === 'mangle' && hook === 'PREROUTING' ? (tproxy(rule, packet) ?? unknown) : unknown;
    case 'DNAT':
      return table === 'nat' && isDestinationHook(hook) ? (translate(rule) ?? unknown) : unknown;
    case 'SNAT':
    case 'MASQUERADE':
      return table === 'nat' && !isDestinationHook(hook) ? { kind: 'accept', rule } : unknown;
    case 'MARK':
    case 'CONNMARK':
      return toContinue(setMarks(rule, packet)) ?? unknown;
    case 'CT':
    case 'NOTRACK':
      return table === 'raw' ? (track(rule, packet) ?? unknown) : unknown;
    default:
      return undefined;
  }
}

function toContinue(packet: Packet | undefined): TargetEffect | undefined {
  return packet === undefined ? undefined : { kind: 'continue', packet };
}

function isDestinationHook(hook: HookName): boolean {
  return hook === 'PREROUTING' || hook === 'OUTPUT';
}

function readPort(text: string | undefined): number | undefined {
  const range = text === undefined ? undefined : readPortRange(text);
  return range !== undefined && range[0] === range[1] ? range[0] : undefined;
}

function redirect(rule: Rule, packet: Packet): ChainEnd | undefined {
  const options = optionsOf(rule);
  if (!hasOnly(options, '--to-ports', '--to-port', '--random')) return undefined;
  const text = options.get('--to-ports') ?? options.get('--to-port');
  // A REDIRECT without a port keeps the packet's own.
  const port = text === undefined ? packet.destinationPort : readPort(text);
  return port === undefined ? undefined : { kind: 'redirect', rule, port };
}

function tproxy(rule: Rule, packet: Packet): ChainEnd | undefined {
  const options = optionsOf(rule);
  const port = readPort(options.get('--on-port'));
  const mark = options.get('--tproxy-mark');
  const isAnyAddress = ['0.0.0.0', '::', undefined].includes(options.get('--on-ip'));
  const isTaken = packet.protocol === 'tcp' || packet.protocol === 'udp';
  if (port === undefined || !isAnyAddress || !isTaken || !hasOnly(options, '--on-port', '--on-ip', '--tproxy-mark'))
    return undefined;
  const set = readMask(mark ?? '0/0');
  return set === undefined
    ? undefined
    : { kind: 'tproxy', rule, port, packet: { ...packet, mark: combine(packet.mark, set) } };
}

/** `10.0.0.1`, `10.0.0.1:80`, `[fd00::1]:80`, `:80`. */
function translate(rule: Rule): ChainEnd | undefined {
  const options = optionsOf(rule);
  const parts = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(options.get('--to-destination') ?? '');
  if (parts === null || !hasOnly(options, '--to-destination')) return undefined;
  const address = parts[1] ?? parts[2] ?? '';
  const port = readPort(parts[3]);
  if (parts[3] !== undefined && port === undefined) return undefined;
  if (address !== '' && readAddress(address) === undefined) return undefined;
  return {
    kind: 'translate',
    rule,
    ...(address === '' ? {} : { address }),
    ...(port === undefined ? {} : { port }),
  };
}

function track(rule: Rule, packet: Packet): TargetEffect | undefined {
  const options = optionsOf(rule);
  if (rule.target === 'NOTRACK' || options.has('--notrack')) {
    return { kind: 'continue', packet: { ...packet, state: 'UNTRACKED' } };
  }
  const zone = options.get('--zone');
  if (zone === undefined || !/^\d{1,5}$/.test(zone) || !hasOnly(options, '--zone')) return undefined;
  return { kind: 'continue', packet, zone: Number(zone) };
}
