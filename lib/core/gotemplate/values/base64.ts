import type { ByteString } from './byte-string';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export type Decoded =
  | { readonly ok: true; readonly value: ByteString }
  | { readonly ok: false; readonly value: ByteString; readonly at: number };

/** Encodes bytes with padding. */
export function encodeBase64(bytes: ByteString): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [one, two, three] = [bytes.charCodeAt(at), bytes.charCodeAt(at + 1), bytes.charCodeAt(at + 2)];
    const bits = (one << 16) | ((Number.isNaN(two) ? 0 : two) << 8) | (Number.isNaN(three) ? 0 : three);
    const quad = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63));
    const missing = Math.max(0, at + 3 - bytes.length);
    parts.push(quad.slice(0, 4 - missing).join('') + '='.repeat(missing));
  }
  return parts.join('');
}

/** Decodes padded base64; line breaks are skipped. Fails at the offset that Go's decoder names. */
export function decodeBase64(text: ByteString): Decoded {
  const parts: string[] = [];
  let bits = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') continue;
    const value = ALPHABET.indexOf(character);
    if (value < 0) return character === '=' ? finish(text, at, parts.join(''), bits, count) : broken(parts, at);
    bits = (bits << 6) | value;
    count += 1;
    if (count === 4) {
      parts.push(String.fromCharCode((bits >> 16) & 255, (bits >> 8) & 255, bits & 255));
      bits = 0;
      count = 0;
    }
  }
  return count === 0 ? { ok: true, value: parts.join('') } : broken(parts, text.length - count);
}

const broken = (parts: readonly string[], at: number): Decoded => ({ ok: false, value: parts.join(''), at });

function finish(text: ByteString, at: number, before: ByteString, bits: number, count: number): Decoded {
  const wanted = count === 2 ? 2 : 1;
  if (count < 2) return { ok: false, value: before, at };
  const rest = text.slice(at).replace(/[\r\n]/g, '');
  if (!rest.startsWith('='.repeat(wanted))) return { ok: false, value: before, at: text.length };
  if (rest.length > wanted) return { ok: false, value: before, at: at + wanted };
  const last = count === 2 ? [(bits >> 4) & 255] : [(bits >> 10) & 255, (bits >> 2) & 255];
  return { ok: true, value: before + String.fromCharCode(...last) };
}
