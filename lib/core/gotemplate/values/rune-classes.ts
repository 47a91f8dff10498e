const LETTER_OR_DIGIT = /^[_\p{L}\p{Nd}]$/u;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const SPACE = new Set([9, 10, 11, 12, 13, 32, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);

/** A letter, a decimal digit or `_`: what names in templates are made of. */
export function isAlphanumeric(rune: number): boolean {
  if (rune < 0x80) {
    return (
      (rune >= 0x61 && rune <= 0x7a) ||
      (rune >= 0x41 && rune <= 0x5a) ||
      (rune >= 0x30 && rune <= 0x39) ||
      rune === 0x5f
    );
  }
  return LETTER_OR_DIGIT.test(String.fromCodePoint(rune));
}

/** Source: Go, unicode.IsPrint. */
export function isPrintable(rune: number): boolean {
  if (rune < 0x80) return rune >= 0x20 && rune < 0x7f;
  return PRINTABLE.test(String.fromCodePoint(rune));
}

/** Source: Go, unicode.IsSpace. */
export function isUnicodeSpace(rune: number): boolean {
  return SPACE.has(rune) || (rune >= 0x2000 && rune <= 0x200a);
}
