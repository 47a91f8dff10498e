import { isPodAddress } from './address-kind';
import type { Packet, PodNetwork } from './packet';
import type { HookName } from './rule-types';

/** Delivered in the pod: by its address, or by a routing rule for its mark. */
export function isRoutedLocally({ destination, mark }: Packet, pod: PodNetwork): boolean {
  const masked = (mark & (pod.localMarkMask ?? 0xff_ff_ff_ff)) >>> 0;
  return pod.localMarks.includes(masked) || isPodAddress(destination, pod);
}

/** Loopback for packets sent in the pod, else the interface's first address of the family. */
export function redirectAddress(old: string, hook: HookName, pod: PodNetwork): string {
  const isIpv6 = old.includes(':');
  if (hook === 'OUTPUT') return isIpv6 ? '::1' : '127.0.0.1';
  // IPv6 keeps an address that the interface has.
  if (isIpv6 && pod.addresses.includes(old)) return old;
  return pod.addresses.find((address) => address.includes(':') === isIpv6) ?? old;
}

/** A packet with the interface that the first routing decision gives it, and without an owner where it arrives. */
export function withInterfaces(packet: Packet, direction: 'in' | 'out', pod: PodNetwork): Packet {
  if (direction === 'in') {
    const { owner: _none, ...arriving } = packet;
    return { ...arriving, inInterface: packet.inInterface || pod.interfaceName, outInterface: '' };
  }
  const route = isRoutedLocally(packet, pod) ? 'lo' : pod.interfaceName;
  return { ...packet, inInterface: '', outInterface: packet.outInterface || route };
}
