import ipaddr from 'ipaddr.js';
import { splitList } from './capture-config';
import type { Family } from './rule-types';

interface CidrList {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  /** Entries that make the program abort, in written order. */
  readonly invalid: readonly string[];
  /** An address part (not the range it covers) is 127.0.0.0/8 or ::1. */
  readonly hasLoopback: boolean;
}

/**
 * Splits a comma list of address ranges by family, keeping each entry's text.
 *
 * Input: `address/length` entries; the caller has dealt with the wildcard `*`.
 * Output: written order in each family; host bits stay as written.
 * Never throws: what does not parse strictly is in `invalid`.
 * Source: Istio, tools/istio-iptables/pkg/capture/run.go, separateV4V6.
 */
export function splitCidrs(text: string): CidrList {
  const entries = splitList(text).map((entry) => ({ entry, family: familyOfCidr(entry) }));
  const of = (family: Family) => entries.filter((one) => one.family === family).map((one) => one.entry);
  return {
    ipv4: of('ipv4'),
    ipv6: of('ipv6'),
    invalid: entries.filter((one) => one.family === undefined).map((one) => one.entry),
    hasLoopback: entries.some((one) => one.family !== undefined && isLoopback(one.entry)),
  };
}

/** The family of a strictly written range, or nothing: no missing length, no leading zeros, no zone. */
export function familyOfCidr(text: string): Family | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const family = familyOfAddress(address);
  return family !== undefined && Number(length) <= (family === 'ipv4' ? 32 : 128) ? family : undefined;
}

/** The family of an address without zone, or nothing. */
export function familyOfAddress(text: string): Family | undefined {
  if (text.includes(':')) return !text.includes('%') && ipaddr.IPv6.isValid(text) ? 'ipv6' : undefined;
  return /^((0|[1-9]\d{0,2})\.){3}(0|[1-9]\d{0,2})$/.test(text) && ipaddr.IPv4.isValid(text) ? 'ipv4' : undefined;
}

function isLoopback(cidr: string): boolean {
  const [address = ''] = cidr.split('/');
  return ipaddr.parse(address).range() === 'loopback';
}
