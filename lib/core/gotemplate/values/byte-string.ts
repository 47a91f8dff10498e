/**
 * A Go string: one code unit (0-255) per byte. Length, slicing and `<` then work on bytes, as in Go, and invalid UTF-8 survives.
 * Text of one byte per character (ASCII) is the same in both forms.
 */
export type ByteString = string;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII, control characters included
const ASCII_ONLY = /^[\x00-\x7f]*$/;

export const RUNE_ERROR = 0xfffd;

/** Encodes one code point as UTF-8 bytes; surrogates and numbers that are no code point become U+FFFD. */
export function encodeRune(rune: number): ByteString {
  if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) return '\xef\xbf\xbd';
  if (rune < 0x80) return String.fromCharCode(rune);
  if (rune < 0x800) return String.fromCharCode(0xc0 | (rune >> 6), 0x80 | (rune & 0x3f));
  const low = [0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f)];
  if (rune < 0x10000) return String.fromCharCode(0xe0 | (rune >> 12), ...low);
  return String.fromCharCode(0xf0 | (rune >> 18), 0x80 | ((rune >> 12) & 0x3f), ...low);
}

/** Turns text into a byte string; lone surrogates become U+FFFD. */
export function toByteString(text: string): ByteString {
  if (ASCII_ONLY.test(text)) return text;
  const parts: string[] = [];
  for (const character of text) parts.push(encodeRune(character.codePointAt(0) ?? RUNE_ERROR));
  return parts.join('');
}

/** Turns a byte string into text; each byte that is not part of valid UTF-8 becomes U+FFFD. */
export function fromByteString(bytes: ByteString): string {
  if (ASCII_ONLY.test(bytes)) return bytes;
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes.charCodeAt(at) < 0x80) {
      at += 1;
      continue;
    }
    const { rune, width } = decodeRune(bytes, at);
    parts.push(bytes.slice(start, at), String.fromCodePoint(rune));
    at += width;
    start = at;
  }
  parts.push(bytes.slice(start));
  return parts.join('');
}

export interface DecodedRune {
  readonly rune: number;
  readonly width: number;
}

const INVALID: DecodedRune = { rune: RUNE_ERROR, width: 1 };

/** Reads the code point at a byte offset; an invalid sequence is U+FFFD with width 1, as Go's utf8.DecodeRune has it. */
export function decodeRune(bytes: ByteString, at: number): DecodedRune {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { rune: first, width: 1 };
  const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + width > bytes.length) return INVALID;
  let rune = first & (0xff >> (width + 1));
  for (let offset = 1; offset < width; offset++) {
    const next = bytes.charCodeAt(at + offset);
    if ((next & 0xc0) !== 0x80) return INVALID;
    rune = (rune << 6) | (next & 0x3f);
  }
  const isOverlong = (width === 3 && rune < 0x800) || (width === 4 && rune < 0x10000);
  if (isOverlong || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) return INVALID;
  return { rune, width };
}

/** Splits a byte string into code points, with the bytes that each came from. */
export function* eachRune(bytes: ByteString): Generator<DecodedRune & { readonly at: number }> {
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    yield { rune, width, at };
    at += width;
  }
}

/** Counts characters as Go's utf8.RuneCountInString. */
export function countRunes(bytes: ByteString): number {
  if (ASCII_ONLY.test(bytes)) return bytes.length;
  let count = 0;
  for (let at = 0; at < bytes.length; at += decodeRune(bytes, at).width) count += 1;
  return count;
}

/** Compares by bytes: -1, 0 or 1. */
export function compareBytes(one: ByteString, two: ByteString): number {
  return one < two ? -1 : one > two ? 1 : 0;
}
