import { jumpThatChose } from './choose-rule';
import type { Packet, PodNetwork } from './packet';
import type { Rule, RuleSet } from './rule-types';
import { tracePacket } from './trace-packet';

export interface PortCapture {
  /** `captured`: the proxy gets it; `skipped`: a rule let it pass; `untouched`: no rule met it; `unknown`: a rule cannot be judged. */
  readonly kind: 'captured' | 'skipped' | 'untouched' | 'unknown';
  /** The rule that settled it; absent for `untouched`. */
  readonly rule?: Rule;
  /** The port that gets the packet. */
  readonly toPort: number;
}

/** A packet from another pod, the first of its connection. */
export function inboundPacket(protocol: Packet['protocol'], port: number, pod: PodNetwork): Packet {
  const destination = pod.addresses[0] ?? '';
  return {
    protocol,
    // Documentation ranges: an address that is neither the pod's nor in anybody's list.
    source: destination.includes(':') ? '2001:db8::1' : '198.51.100.1',
    sourcePort: 40_000,
    destination,
    destinationPort: port,
    inInterface: pod.interfaceName,
    outInterface: '',
    mark: 0,
    connectionMark: 0,
    state: 'NEW',
  };
}

/**
 * Tells whether traffic from outside to a port of the pod is captured, and by which rule.
 *
 * Input: the rules of the family of the pod's first address.
 * Output: of the rules that matched, the one that chose: the last before the hand-over, or the one that returned.
 * Never throws.
 */
export function decidePortCapture(
  ruleSet: RuleSet,
  pod: PodNetwork,
  protocol: Packet['protocol'],
  port: number,
): PortCapture {
  const { steps, outcome } = tracePacket(ruleSet, inboundPacket(protocol, port, pod), 'in', pod);
  const rules = steps.map((step) => step.rule);
  if (outcome.kind === 'unknown') return { kind: 'unknown', rule: outcome.rule, toPort: port };
  if (outcome.kind === 'delivered' && outcome.by !== undefined) {
    const chosen = jumpThatChose(rules, outcome.by) ?? outcome.by;
    return { kind: 'captured', rule: chosen, toPort: outcome.port };
  }
  const returned = rules.findLast((rule) => rule.target === 'RETURN' || rule.target === 'ACCEPT');
  return returned === undefined
    ? { kind: 'untouched', toPort: port }
    : { kind: 'skipped', rule: returned, toPort: port };
}
