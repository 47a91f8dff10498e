import type { ByteString } from './byte-string';

const PREFIXES: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, O: 8, b: 2, B: 2 };
const DIGITS: Readonly<Record<number, RegExp>> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ };
/** `_` only between digits, or between a base prefix and a digit. */
const GOOD_UNDERSCORES = /^[+-]?(?:0[xXoObB]_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*$/;

/**
 * Reads an integer as Go's strconv with base 0 (prefixes, leading 0 for octal, `_`) or base 10.
 * Fails (undefined) on anything else; does not check the range.
 */
export function parseGoInteger(text: ByteString, base: 0 | 10): bigint | undefined {
  const match = /^([+-]?)(.+)$/.exec(text);
  let digits = match?.[2] ?? '';
  let radix = 10;
  if (base === 0) {
    if (digits.includes('_')) {
      if (!GOOD_UNDERSCORES.test(text)) return undefined;
      digits = digits.replaceAll('_', '');
    }
    const prefix = digits.startsWith('0') ? PREFIXES[digits.charAt(1)] : undefined;
    if (prefix !== undefined) {
      radix = prefix;
      digits = digits.slice(2);
    } else if (digits.startsWith('0') && digits.length > 1) {
      radix = 8;
      digits = digits.slice(1);
    }
  }
  if (DIGITS[radix]?.test(digits) !== true) return undefined;
  const marker = radix === 16 ? '0x' : radix === 8 ? '0o' : radix === 2 ? '0b' : '';
  const magnitude = BigInt(marker + digits);
  return match?.[1] === '-' ? -magnitude : magnitude;
}

const DECIMAL_FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/;
const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
};

function parseHexFloat(text: ByteString): number | undefined {
  const match = HEX_FLOAT.exec(text);
  const digits = (match?.[2] ?? '') + (match?.[3] ?? '');
  if (match === null || digits === '') return undefined;
  const exponent = Number(match[4]) - 4 * (match[3] ?? '').length;
  const float = Number(BigInt(`0x${digits}`)) * 2 ** exponent;
  return match[1] === '-' ? -float : float;
}

/** Reads a float as Go's strconv.ParseFloat; fails (undefined) on bad syntax and on overflow to infinity. */
export function parseGoFloat(text: ByteString): number | undefined {
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (word !== null) {
    const special = SPECIAL[(word[2] ?? '').toLowerCase()] ?? Number.NaN;
    if (Number.isNaN(special) && word[1] !== '') return undefined;
    return word[1] === '-' ? -special : special;
  }
  if (text.includes('_') && !hasGoodUnderscores(text)) return undefined;
  const digits = text.replaceAll('_', '');
  if (/^[+-]?0[xX]/.test(digits)) return finite(parseHexFloat(digits));
  return DECIMAL_FLOAT.test(digits) ? finite(Number(digits)) : undefined;
}

const finite = (float: number | undefined) => (float !== undefined && Number.isFinite(float) ? float : undefined);

/** An underscore stands between two digits; a base prefix counts as a digit. */
function hasGoodUnderscores(text: ByteString): boolean {
  const isHex = /^[+-]?0[xX]/.test(text);
  const body = text.replace(/^[+-]?(?:0[xXoObB])?/, (prefix) => (prefix.length > 1 ? '0' : ''));
  return !(isHex ? /(?:^|[^0-9a-fA-F])_|_(?:[^0-9a-fA-F]|$)/ : /(?:^|[^0-9])_|_(?:[^0-9]|$)/).test(body);
}
