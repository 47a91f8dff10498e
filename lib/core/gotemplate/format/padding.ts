import { type ByteString, countRunes, decodeRune, encodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { isPrintable } from '@/lib/core/gotemplate/values/rune-classes';
import { type FloatVerb, formatFloat } from './format-float';
import { canBackquote, quoteBytes, quoteRune } from './quote';

/** The flags of one directive. Source: Go, fmt, format.go. */
export interface Flags {
  width: number | undefined;
  precision: number | undefined;
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%+v`: field names. */
  plusV: boolean;
  /** `%#v`: Go syntax. */
  sharpV: boolean;
}

export const noFlags = (): Flags => ({
  width: undefined,
  precision: undefined,
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
});

/** Pads to the width, counted in characters. */
export function pad(text: ByteString, flags: Flags, zero = flags.zero): ByteString {
  if (flags.width === undefined || flags.width === 0) return text;
  const missing = flags.width - countRunes(text);
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
}

function truncate(text: ByteString, precision: number | undefined): ByteString {
  if (precision === undefined) return text;
  let end = 0;
  for (let count = 0; count < precision && end < text.length; count++) end += decodeRune(text, end).width;
  return text.slice(0, end);
}

export const padText = (text: ByteString, flags: Flags): ByteString => pad(truncate(text, flags.precision), flags);

/** `%q` of a string. */
export function padQuoted(text: ByteString, flags: Flags): ByteString {
  const cut = truncate(text, flags.precision);
  if (flags.sharp && canBackquote(cut)) return pad(`\`${cut}\``, flags);
  return pad(quoteBytes(cut, flags.plus), flags);
}

/** `%x` and `%X` of a string. */
export function padHex(text: ByteString, flags: Flags, isUpper: boolean): ByteString {
  const cut = flags.precision === undefined ? text : text.slice(0, flags.precision);
  const prefix = flags.sharp ? (isUpper ? '0X' : '0x') : '';
  const bytes = [...cut].map((byte) => {
    const digits = byte.charCodeAt(0).toString(16).padStart(2, '0');
    return isUpper ? digits.toUpperCase() : digits;
  });
  if (bytes.length === 0) return pad('', flags);
  return pad(flags.space ? bytes.map((byte) => prefix + byte).join(' ') : prefix + bytes.join(''), flags);
}

function integerDigits(magnitude: bigint, flags: Flags, isNegative: boolean, base: number): string {
  const digits = magnitude.toString(base);
  if (flags.precision !== undefined) return digits.padStart(flags.precision, '0');
  if (!flags.zero || flags.minus || flags.width === undefined) return digits;
  const hasSign = isNegative || flags.plus || flags.space;
  return digits.padStart(flags.width - (hasSign ? 1 : 0), '0');
}

/** An integer in a base, with sign, prefix and padding. */
export function padInteger(int: bigint, flags: Flags, base: 2 | 8 | 10 | 16, verb: string): ByteString {
  if (flags.precision === 0 && int === 0n) return pad('', flags, false);
  const isNegative = int < 0n;
  let text = integerDigits(isNegative ? -int : int, flags, isNegative, base);
  if (flags.sharp) {
    if (base === 2) text = `0b${text}`;
    else if (base === 8 && !text.startsWith('0')) text = `0${text}`;
    else if (base === 16) text = `0x${text}`;
  }
  if (verb === 'O') text = `0o${text}`;
  if (verb === 'X') text = text.toUpperCase();
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  return pad(sign + text, flags, false);
}

const asRune = (int: bigint) => (int < 0n || int > 0x10ffffn ? 0xfffd : Number(int));

export const padCharacter = (int: bigint, flags: Flags): ByteString => pad(encodeRune(asRune(int)), flags);
export const padQuotedCharacter = (int: bigint, flags: Flags): ByteString =>
  pad(quoteRune(asRune(int), flags.plus), flags);

/** `%U`. */
export function padUnicode(int: bigint, flags: Flags): ByteString {
  const code = BigInt.asUintN(64, int).toString(16).toUpperCase();
  const digits = code.padStart(Math.max(4, flags.precision ?? 4), '0');
  const rune = asRune(int);
  const character = flags.sharp && int >= 0n && int <= 0x10ffffn && isPrintable(rune) ? ` '${encodeRune(rune)}'` : '';
  return pad(`U+${digits}${character}`, flags, false);
}

/** The `#` flag keeps the decimal point and, for `g` and `x`, trailing zeros. */
function keepZeros(number: string, verb: string, precision: number): string {
  const isHex = verb === 'x' || verb === 'X';
  const exponentAt = number.search(isHex ? /[pP]/ : /[eE]/);
  const end = exponentAt < 0 ? number.length : exponentAt;
  const body = number.slice(1, end);
  const wanted = verb === 'g' || verb === 'G' || verb === 'x' ? (precision < 0 ? 6 : precision) : 0;
  const significant = body.replace('.', '').replace(/^0+/, '');
  const missing = wanted - Math.max(significant.length, /^[0.]*$/.test(body) ? 1 : 0);
  const point = body.includes('.') ? '' : '.';
  return number.charAt(0) + body + point + '0'.repeat(Math.max(missing, 0)) + number.slice(end);
}

/** A float with sign and padding; zeros go between the sign and the digits. */
export function padFloat(
  float: number,
  flags: Flags,
  verb: FloatVerb,
  defaultPrecision: number,
  bits: number,
): ByteString {
  const precision = flags.precision ?? defaultPrecision;
  const plain = formatFloat(float, verb, precision, bits);
  let number = /^[+-]/.test(plain) ? plain : `+${plain}`;
  if (flags.space && number.startsWith('+') && !flags.plus) number = ` ${number.slice(1)}`;
  if (number.charAt(1) === 'I' || number.charAt(1) === 'N') {
    if (number.charAt(1) === 'N' && !flags.space && !flags.plus) number = number.slice(1);
    return pad(number, flags, false).replace(/^( *)\+(?=Inf)/, flags.plus || number === '+Inf' ? '$1+' : '$1');
  }
  if (flags.sharp && verb !== 'b') number = keepZeros(number, verb, precision);
  const hasSign = flags.plus || !number.startsWith('+');
  if (!hasSign) return pad(number.slice(1), flags);
  const { width } = flags;
  if (flags.zero && !flags.minus && width !== undefined && width > number.length) {
    return number.charAt(0) + number.slice(1).padStart(width - 1, '0');
  }
  return pad(number, flags);
}
