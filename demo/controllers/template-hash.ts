/** The letters and digits that Kubernetes uses in generated names: no vowels, nothing that can be misread. */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

/** JSON with sorted keys, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** A short name-safe hash of a JSON value: 32-bit FNV-1a in decimal, each digit mapped to a safe letter. */
export function hashOf(value: unknown): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(canonicalJson(value))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return [...String(hash)].map((digit) => SAFE.charAt(digit.charCodeAt(0) % SAFE.length)).join('');
}
