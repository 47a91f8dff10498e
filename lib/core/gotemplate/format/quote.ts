import { type ByteString, decodeRune, encodeRune, RUNE_ERROR } from '@/lib/core/gotemplate/values/byte-string';
import { isPrintable } from '@/lib/core/gotemplate/values/rune-classes';

const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
  [0x5c, '\\\\'],
]);
const PLAIN = /^[ !#-&(-[\]-~]*$/;

const hex = (rune: number, digits: number) => rune.toString(16).padStart(digits, '0');

function escapeRune(rune: number, asciiOnly: boolean): ByteString {
  const short = SHORT_ESCAPES.get(rune);
  if (short !== undefined) return short;
  if (rune < 0x80 ? isPrintable(rune) : !asciiOnly && isPrintable(rune)) return encodeRune(rune);
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`;
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

/** Writes a byte string as a Go literal between `quote`s. Source: Go, strconv.Quote and QuoteToASCII. */
export function quoteBytes(bytes: ByteString, asciiOnly = false, quote = '"'): ByteString {
  if (PLAIN.test(bytes)) return quote + bytes + quote;
  const parts: string[] = [quote];
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    if (rune === RUNE_ERROR && width === 1) parts.push(`\\x${hex(bytes.charCodeAt(at), 2)}`);
    else if (String.fromCodePoint(rune) === quote) parts.push(`\\${quote}`);
    else parts.push(escapeRune(rune, asciiOnly));
    at += width;
  }
  parts.push(quote);
  return parts.join('');
}

/** Writes one code point as a Go character literal. */
export function quoteRune(rune: number, asciiOnly = false): ByteString {
  const valid = rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff) || rune < 0 ? RUNE_ERROR : rune;
  return `'${valid === 0x27 ? "\\'" : escapeRune(valid, asciiOnly)}'`;
}

/** Whether a text can stand between backquotes on one line. Source: Go, strconv.CanBackquote. */
export function canBackquote(bytes: ByteString): boolean {
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    at += width;
    if (width > 1) {
      if (rune === 0xfeff) return false;
      continue;
    }
    if (rune === RUNE_ERROR || (rune < 0x20 && rune !== 9) || rune === 0x60 || rune === 0x7f) return false;
  }
  return true;
}

/** `U+2192 '→'`, as `%#U` prints a code point. */
export function describeRune(rune: number): ByteString {
  const code = `U+${rune.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(rune) ? `${code} '${encodeRune(rune)}'` : code;
}
