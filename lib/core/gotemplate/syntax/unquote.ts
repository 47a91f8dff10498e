import { type ByteString, decodeRune, encodeRune } from '@/lib/core/gotemplate/values/byte-string';

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 0x5c };
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

// Nothing to unquote and nothing to refuse: printable ASCII without quote and backslash.
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;

export interface UnquotedCharacter {
  readonly bytes: ByteString;
  /** The code point, or the byte of a `\x` or octal escape. */
  readonly rune: number;
  readonly end: number;
}

function unquoteEscape(text: ByteString, at: number, quote: string): UnquotedCharacter | undefined {
  const letter = text.charAt(at);
  const simple = ESCAPES[letter];
  if (simple !== undefined) return { bytes: String.fromCharCode(simple), rune: simple, end: at + 1 };
  if (letter === quote) return { bytes: letter, rune: letter.charCodeAt(0), end: at + 1 };
  const digitCount = DIGITS[letter];
  if (digitCount !== undefined) {
    const digits = text.slice(at + 1, at + 1 + digitCount);
    if (digits.length !== digitCount || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
    const rune = Number.parseInt(digits, 16);
    const end = at + 1 + digitCount;
    if (letter === 'x') return { bytes: String.fromCharCode(rune), rune, end };
    if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) return undefined;
    return { bytes: encodeRune(rune), rune, end };
  }
  const octal = text.slice(at, at + 3);
  if (!/^[0-7]{3}$/.test(octal)) return undefined;
  const rune = Number.parseInt(octal, 8);
  return rune > 255 ? undefined : { bytes: String.fromCharCode(rune), rune, end: at + 3 };
}

/** Reads one character or escape of a literal. Fails (undefined) as Go's strconv.UnquoteChar does. */
export function unquoteCharacter(text: ByteString, at: number, quote: string): UnquotedCharacter | undefined {
  const letter = text.charAt(at);
  if (letter === '' || letter === quote) return undefined;
  if (letter === '\\') return unquoteEscape(text, at + 1, quote);
  const { rune, width } = decodeRune(text, at);
  return { bytes: encodeRune(rune), rune, end: at + width };
}

/** The bytes that a string literal stands for, quotes included in the input; undefined for `invalid syntax`. */
export function unquoteString(literal: ByteString): ByteString | undefined {
  if (literal.startsWith('`')) return literal.slice(1, -1).replaceAll('\r', '');
  const inner = literal.slice(1, -1);
  if (PLAIN_TEXT.test(inner)) return inner;
  const parts: string[] = [];
  for (let at = 0; at < inner.length; ) {
    if (inner.charAt(at) === '\n') return undefined;
    const character = unquoteCharacter(inner, at, '"');
    if (character === undefined) return undefined;
    parts.push(character.bytes);
    at = character.end;
  }
  return parts.join('');
}
