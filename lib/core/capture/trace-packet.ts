import ipaddr from 'ipaddr.js';
import type { Packet, PodNetwork } from './packet';
import { BUILT_IN_CHAINS, type HookName, type Rule, type RuleSet, TABLE_ORDER } from './rule-types';
import { type ChainEnd, handoverPort, walkChain } from './walk-chain';

interface TraceStep {
  readonly hook: HookName;
  readonly rule: Rule;
}

export type TraceOutcome =
  /** A socket of the pod gets it: `port` after redirection, `by` the rule that changed the way. */
  | { readonly kind: 'delivered'; readonly port: number; readonly by?: Rule }
  | { readonly kind: 'leaves'; readonly interfaceName: string }
  | { readonly kind: 'forwarded' }
  | { readonly kind: 'dropped'; readonly rule?: Rule }
  | { readonly kind: 'unknown'; readonly rule: Rule };

export interface Trace {
  /** Hooks the packet passed, in order; `lo` traffic passes both sides. */
  readonly hooks: readonly HookName[];
  /** Rules that matched, in order. */
  readonly steps: readonly TraceStep[];
  readonly outcome: TraceOutcome;
}

/** Where a hook leaves the packet: the walk goes on, or it is over. */
interface State {
  readonly packet: Packet;
  readonly by?: Rule;
  readonly isHandedOver?: boolean;
  readonly over?: TraceOutcome;
}

/**
 * Follows the first packet of a connection through the rules.
 *
 * Input: `in` for a packet that arrives on an interface, `out` for one that a process of the pod sends; interfaces are worked out here.
 * Output: hooks and matching rules in order and the end. Nat rules run for state NEW only.
 * Never throws.
 * Source: Linux, net/netfilter; observed on Linux 6.18.
 */
export function tracePacket(ruleSet: RuleSet, packet: Packet, direction: 'in' | 'out', pod: PodNetwork): Trace {
  const hooks: HookName[] = [];
  const steps: TraceStep[] = [];
  const pass = (state: State, hook: HookName, skipsNat = false): State => {
    if (state.over !== undefined) return state;
    hooks.push(hook);
    return runHook(ruleSet, state, hook, pod, skipsNat, (rule) => steps.push({ hook, rule }));
  };
  const start: State = { packet: withInterfaces(packet, direction, pod) };
  const end = direction === 'in' ? receive(start, pass, pod) : send(start, pass, pod);
  return { hooks, steps, outcome: end.over ?? deliver(end) };
}

type Pass = (state: State, hook: HookName, skipsNat?: boolean) => State;

function receive(start: State, pass: Pass, pod: PodNetwork): State {
  const routed = pass(start, 'PREROUTING');
  if (routed.over !== undefined) return routed;
  const isLocal = routed.isHandedOver === true || isPodAddress(routed.packet.destination, pod);
  if (!isLocal) return { ...routed, over: { kind: 'forwarded' } };
  return pass(routed, 'INPUT');
}

function send(start: State, pass: Pass, pod: PodNetwork): State {
  const sent = pass(start, 'OUTPUT');
  if (sent.over !== undefined) return sent;
  const isMarkedLocal = sent.packet.mark !== start.packet.mark && pod.localMarks.includes(sent.packet.mark);
  const staysInside = isMarkedLocal || isPodAddress(sent.packet.destination, pod);
  const outInterface = staysInside ? 'lo' : pod.interfaceName;
  const left = pass({ ...sent, packet: { ...sent.packet, outInterface } }, 'POSTROUTING');
  if (left.over !== undefined) return left;
  if (!staysInside) return { ...left, over: { kind: 'leaves', interfaceName: outInterface } };
  // The connection's translation is settled by now, so nat is not asked again on the way back in.
  const back = { ...left, packet: { ...left.packet, inInterface: 'lo', outInterface: '' } };
  return pass(pass(back, 'PREROUTING', true), 'INPUT', true);
}

function runHook(
  ruleSet: RuleSet,
  state: State,
  hook: HookName,
  pod: PodNetwork,
  skipsNat: boolean,
  record: (rule: Rule) => void,
): State {
  let current = state;
  for (const table of TABLE_ORDER) {
    const seesTable = table !== 'nat' || (!skipsNat && current.packet.state === 'NEW');
    if (!seesTable || !BUILT_IN_CHAINS[table].includes(hook)) continue;
    const walk = walkChain(ruleSet, table, hook, current.packet);
    walk.hits.forEach(record);
    current = applyEnd({ ...current, packet: walk.packet }, walk.end, hook, pod);
    if (current.over !== undefined) break;
  }
  return current;
}

function applyEnd(state: State, end: ChainEnd, hook: HookName, pod: PodNetwork): State {
  switch (end.kind) {
    case 'accept':
      return state;
    case 'drop':
      return { ...state, over: { kind: 'dropped', ...(end.rule === undefined ? {} : { rule: end.rule }) } };
    case 'unknown':
      return { ...state, over: { kind: 'unknown', rule: end.rule } };
    case 'redirect': {
      const destination = redirectAddress(state.packet.destination, hook, pod);
      return { ...state, by: end.rule, packet: { ...state.packet, destination, destinationPort: end.port } };
    }
    case 'tproxy':
      return { ...state, by: end.rule, isHandedOver: true };
  }
}

/** Loopback for packets sent in the pod, else the interface's first address of the family. */
function redirectAddress(old: string, hook: HookName, pod: PodNetwork): string {
  const isIpv6 = old.includes(':');
  if (hook === 'OUTPUT') return isIpv6 ? '::1' : '127.0.0.1';
  return pod.addresses.find((address) => address.includes(':') === isIpv6) ?? old;
}

function deliver({ packet, by }: State): TraceOutcome {
  if (by === undefined) return { kind: 'delivered', port: packet.destinationPort };
  // TPROXY leaves the packet's port as it was; the socket that gets it listens on another.
  const port = by.target === 'TPROXY' ? handoverPort(by) : undefined;
  return { kind: 'delivered', port: port ?? packet.destinationPort, by };
}

function withInterfaces(packet: Packet, direction: 'in' | 'out', pod: PodNetwork): Packet {
  if (direction === 'in') return { ...packet, inInterface: packet.inInterface || pod.interfaceName, outInterface: '' };
  const route = isPodAddress(packet.destination, pod) ? 'lo' : pod.interfaceName;
  return { ...packet, inInterface: '', outInterface: packet.outInterface || route };
}

/** An address that the pod itself answers: loopback, the passthrough source, or one of its own. */
function isPodAddress(address: string, pod: PodNetwork): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const own = ['::6', ...pod.addresses].filter((one) => ipaddr.isValid(one)).map((one) => ipaddr.parse(one).toString());
  return parsed.range() === 'loopback' || own.includes(parsed.toString());
}
