import ipaddr from 'ipaddr.js';
import { familyOfAddress } from './split-cidrs';

/** Length added, host bits cleared; what is no address stays as it is. */
export function toKernelCidr(text: string): string {
  const [address = '', length] = text.split('/');
  const family = familyOfAddress(address);
  if (family === undefined) return text;
  const cidr = `${address}/${length ?? (family === 'ipv4' ? '32' : '128')}`;
  if (!ipaddr.isValidCIDR(cidr)) return text;
  const network =
    family === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${cidr.split('/')[1] ?? ''}`;
}
