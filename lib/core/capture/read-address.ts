import ipaddr from 'ipaddr.js';

/** An address as a number, so that ranges and masks are arithmetic; 32 bits, or 128. */
export type AddressNumber =
  | { readonly bits: 32; readonly value: number }
  | { readonly bits: 128; readonly value: bigint };

/**
 * Reads an IPv4 or IPv6 address.
 *
 * Never throws: nothing for any other text, a zone included.
 */
export function readAddress(text: string): AddressNumber | undefined {
  if (!text.includes(':')) {
    const value = readIpv4(text);
    return value === undefined ? undefined : { bits: 32, value };
  }
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const value = ipaddr.IPv6.parse(text).parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
  return { bits: 128, value };
}

function readIpv4(text: string): number | undefined {
  let value = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? 46 : text.charCodeAt(at);
    if (code === 46) {
      if (part < 0 || part > 255) return undefined;
      value = value * 256 + part;
      part = -1;
      dots++;
    } else if (code >= 48 && code <= 57) part = (part < 0 ? 0 : part * 10) + code - 48;
    else return undefined;
  }
  return dots === 4 ? value : undefined;
}

/**
 * Whether an address lies in a range written as `address`, `address/length` or `address/mask`.
 *
 * Output: nothing if one of them cannot be read; false across families.
 */
export function isInCidr(address: AddressNumber | undefined, range: string): boolean | undefined {
  const slash = range.indexOf('/');
  const network = readAddress(slash < 0 ? range : range.slice(0, slash));
  if (address === undefined || network === undefined) return undefined;
  const mask = readMask(slash < 0 ? undefined : range.slice(slash + 1), network.bits);
  if (mask === undefined) return undefined;
  if (address.bits !== network.bits) return false;
  if (address.bits === 32 && network.bits === 32 && typeof mask === 'number')
    return ((address.value ^ network.value) & mask) === 0;
  return ((BigInt(address.value) ^ BigInt(network.value)) & BigInt(mask)) === 0n;
}

function readMask(text: string | undefined, bits: 32 | 128): number | bigint | undefined {
  if (text === undefined) return lengthMask(bits, bits);
  if (/^\d{1,3}$/.test(text)) return Number(text) > bits ? undefined : lengthMask(Number(text), bits);
  const mask = readAddress(text);
  return mask?.bits === bits ? mask.value : undefined;
}

function lengthMask(length: number, bits: 32 | 128): number | bigint {
  // A shift by 32 would be none.
  if (bits === 32) return length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0;
  return ((1n << BigInt(length)) - 1n) << BigInt(128 - length);
}

/** Whether an address lies between two, `a-b`. */
export function isInAddressRange(address: AddressNumber | undefined, range: string): boolean | undefined {
  const [low, high, ...rest] = range.split('-').map(readAddress);
  if (address === undefined || low === undefined || rest.length > 0) return undefined;
  const top = high ?? (range.includes('-') ? undefined : low);
  if (top === undefined) return undefined;
  return (
    address.bits === low.bits && address.bits === top.bits && address.value >= low.value && address.value <= top.value
  );
}
