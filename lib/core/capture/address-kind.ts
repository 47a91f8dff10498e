import type { PodNetwork } from './packet';
import { isInCidr, readAddress } from './read-address';

/** An address that the pod itself answers: loopback, the passthrough source, or one of its own. */
export function isPodAddress(address: string, pod: PodNetwork): boolean {
  const wanted = readAddress(address);
  if (wanted === undefined) return false;
  if (isInCidr(wanted, '127.0.0.0/8') === true) return true;
  return ['::1', '::6', ...pod.addresses].some((own) => isInCidr(wanted, own) === true);
}

/** Whether an address is of a kind that `-m addrtype` names; nothing for kinds that take more than addresses to tell. */
export function kindOfAddress(address: string, kind: string, pod: PodNetwork): boolean | undefined {
  const read = readAddress(address);
  if (read === undefined) return undefined;
  const isLocal = isPodAddress(address, pod);
  const isMulticast = isInCidr(read, read.bits === 32 ? '224.0.0.0/4' : 'ff00::/8') === true;
  switch (kind) {
    case 'LOCAL':
      return isLocal;
    case 'MULTICAST':
      return isMulticast;
    default:
      return undefined;
  }
}
