import ipaddr from 'ipaddr.js';
import type { Phrase } from '@/lib/core/phrase';
import { inboundPacket } from './decide-port-capture';
import type { ConnectionState, Packet, PodNetwork } from './packet';
import type { Family } from './rule-types';

/** A packet as a person describes it. What is left out is filled in as it usually is for the direction. */
export interface PacketRequest {
  /** `in` arrives at the pod, `out` is sent by a process of it. */
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp';
  /** An address; absent for `in`: the pod's own. */
  readonly destination?: string;
  readonly destinationPort: number;
  readonly source?: string;
  readonly sourcePort?: number;
  /** Only for `out`. Absent: the application's user; a group that is left out has the user's number. */
  readonly uid?: number;
  readonly gid?: number;
  readonly inInterface?: string;
  readonly outInterface?: string;
  readonly mark?: number;
  readonly state?: ConnectionState;
}

export interface ResolvedPacket {
  readonly family: Family;
  readonly direction: 'in' | 'out';
  readonly packet: Packet;
}

export type PacketResult =
  | { readonly ok: true; readonly value: ResolvedPacket }
  | { readonly ok: false; readonly because: Phrase };

/** A user that is neither root nor the proxy, for images that do not say who they run as. */
const USUAL_APP_UID = 1000;

/**
 * Makes a whole packet of what a person said.
 *
 * Input: `appUid` is the application's user where the pod says it.
 * Output: the packet with the family of its addresses, or what is wrong with them.
 */
export function resolvePacket(request: PacketRequest, pod: PodNetwork, appUid: number = USUAL_APP_UID): PacketResult {
  const { direction, protocol, destinationPort } = request;
  const wrong = [request.destination, request.source].find((text) => text !== undefined && !isAddress(text));
  if (wrong !== undefined)
    return { ok: false, because: { code: 'capture.packet.bad-address', values: { value: wrong } } };
  const given = request.destination ?? request.source ?? pod.addresses[0] ?? '';
  const family = familyOf(given);
  const own = pod.addresses.find((address) => familyOf(address) === family) ?? NO_ADDRESS[family];
  const usual = inboundPacket(protocol, destinationPort, { ...pod, addresses: [own] });
  const destination = request.destination ?? own;
  const source = request.source ?? (direction === 'in' ? usual.source : sourceFor(destination, own));
  if (familyOf(destination) !== familyOf(source)) {
    return { ok: false, because: { code: 'capture.packet.mixed-families', values: { source, destination } } };
  }
  const uid = request.uid ?? appUid;
  const packet: Packet = {
    ...usual,
    source,
    destination,
    sourcePort: request.sourcePort ?? usual.sourcePort ?? 0,
    inInterface: direction === 'in' ? (request.inInterface ?? pod.interfaceName) : '',
    outInterface: direction === 'out' ? (request.outInterface ?? '') : '',
    ...(direction === 'out' && { owner: { uid, gid: request.gid ?? uid } }),
    mark: request.mark ?? 0,
    state: request.state ?? 'NEW',
  };
  return { ok: true, value: { family, direction, packet } };
}

/** Whether a text is an address written out: ipaddr.js alone also takes `10.1` and the like. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text));
}

/** Stands in where the pod has no address of the family; from the ranges kept for documentation. */
const NO_ADDRESS = { ipv4: '192.0.2.1', ipv6: '2001:db8::1:1' } as const;

const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');

/** The kernel takes a loopback source for a loopback destination, else the interface's address. */
function sourceFor(destination: string, own: string): string {
  const isLoopback = ipaddr.parse(destination).range() === 'loopback';
  return isLoopback ? (destination.includes(':') ? '::1' : '127.0.0.1') : own;
}
