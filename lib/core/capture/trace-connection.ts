import type { Packet, PacketOwner, PodNetwork } from './packet';
import type { RuleSet } from './rule-types';
import { tracePacket } from './trace-packet';
import type { Trace } from './trace-types';

/** The packets of one connection that meet different rules. */
export interface ConnectionTrace {
  readonly first: Trace;
  /** The answer to it, from a process of the pod or from outside; absent where nobody answers. */
  readonly answer?: Trace;
  /** A further packet of the same direction as the first. */
  readonly later: Trace;
}

/**
 * Follows a connection: its first packet, the answer to it, and a packet once it is established.
 *
 * Input: `receiver` is the user and group of the process that answers.
 * Output: the answer as the receiver sends it, before its addresses are translated back; its way shows how it gets home,
 * with TPROXY by the connection's mark.
 */
export function traceConnection(
  rules: RuleSet | readonly RuleSet[],
  packet: Packet,
  direction: 'in' | 'out',
  pod: PodNetwork,
  receiver?: PacketOwner,
): ConnectionTrace {
  const first = tracePacket(rules, packet, direction, pod);
  const connectionMark = first.packet.connectionMark;
  const state = 'ESTABLISHED' as const;
  const later = tracePacket(rules, { ...toTranslated(packet, first), connectionMark, state }, direction, pod);
  if (first.outcome.kind === 'delivered') return { first, answer: answerFrom(first, packet, receiver), later };
  return first.outcome.kind === 'leaves' ? { first, answer: answerFromOutside(), later } : { first, later };

  function answerFrom(
    { packet: received, outcome, originalDestination }: Trace,
    sent: Packet,
    owner?: PacketOwner,
  ): Trace {
    // With TPROXY the receiver's address is the original one already.
    const isTranslated = outcome.kind === 'delivered' && outcome.by?.target !== 'TPROXY';
    const options = isTranslated && originalDestination !== undefined ? { translatedSource: originalDestination } : {};
    return tracePacket(
      rules,
      { ...reversed(received, sent), ...(owner === undefined ? {} : { owner }) },
      'out',
      pod,
      options,
    );
  }

  function answerFromOutside(): Trace {
    return tracePacket(rules, reversed(packet, packet), 'in', pod);
  }

  function reversed(received: Packet, sent: Packet): Packet {
    return {
      protocol: sent.protocol,
      source: received.destination,
      sourcePort: received.destinationPort,
      destination: sent.source,
      destinationPort: sent.sourcePort ?? 0,
      inInterface: '',
      outInterface: '',
      mark: 0,
      connectionMark,
      state,
    };
  }
}

/** A translated connection's later packets of the sender are translated without asking the rules. */
function toTranslated(packet: Packet, { outcome, packet: end, isLooped }: Trace): Packet {
  const isRedirected = outcome.kind === 'delivered' && outcome.by?.target !== 'TPROXY' && isLooped;
  return isRedirected ? { ...packet, outInterface: packet.outInterface, destinationPort: end.destinationPort } : packet;
}
