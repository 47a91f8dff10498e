import ipaddr from 'ipaddr.js';

/**
 * Says what is wrong with an address range, as Go does.
 *
 * Output: the error's text; nothing for a range that parses.
 * Source: Go, net/netip, ParsePrefix.
 */
export function prefixFault(text: string): string | undefined {
  const detail = prefixDetail(text);
  return detail === undefined ? undefined : `netip.ParsePrefix(${JSON.stringify(text)}): ${detail}`;
}

function prefixDetail(text: string): string | undefined {
  const at = text.lastIndexOf('/');
  if (at < 0) return "no '/'";
  const [address, bits] = [text.slice(0, at), text.slice(at + 1)];
  const fault = addressFault(address);
  if (fault !== undefined) return `ParseAddr(${JSON.stringify(address)}): ${fault}`;
  if (address.includes('%')) return 'IPv6 zones cannot be present in a prefix';
  if (!/^(0|[1-9]\d*)$/.test(bits)) return `bad bits after slash: ${JSON.stringify(bits)}`;
  return Number(bits) > (address.includes(':') ? 128 : 32) ? 'prefix length out of range' : undefined;
}

// Go's netip.ParseAddr: the first dot or colon tells the family.
function addressFault(address: string): string | undefined {
  const mark = /[.:%]/.exec(address)?.[0];
  if (mark === '.') return ipv4Fault(address);
  if (mark === '%') return 'missing IPv6 address';
  return mark === ':' && ipaddr.IPv6.isValid(address) ? undefined : 'unable to parse IP';
}

function ipv4Fault(address: string): string | undefined {
  const at = (index: number) => ` (at ${JSON.stringify(address.slice(index))})`;
  let dots = 0;
  let digits = '';
  for (const [index, char] of [...address].entries()) {
    if (/\d/.test(char)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += char;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (char === '.') {
      if (digits === '' || index === address.length - 1) return `IPv4 field must have at least one digit${at(index)}`;
      if (dots === 3) return 'IPv4 address too long';
      dots += 1;
      digits = '';
    } else return `unexpected character${at(index)}`;
  }
  return dots < 3 ? 'IPv4 address too short' : undefined;
}
