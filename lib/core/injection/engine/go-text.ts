import { isList, isObject, type JsonValue } from './json-types';

const EXPONENT_FROM = 6;

/**
 * Prints a number as Go's shortest `%g` does: `15020`, `1e+06`, `1.5e-07`.
 *
 * Source: Go, strconv.FormatFloat(f, 'g', -1, 64).
 */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  const digits = mantissa.replace(/[-.]/g, '');
  const sign = value < 0 ? '-' : '';
  if (exponent < -4 || exponent >= EXPONENT_FROM) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits.padEnd(exponent + 1, '0')}`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that JSON must escape
const MUST_ESCAPE = /[\u0000-\u001f"\\<>&\u2028\u2029]/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text in quotes as Go's encoding/json writes it, with `<`, `>` and `&` escaped. */
export function quoteGoJson(text: string): string {
  if (!MUST_ESCAPE.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) {
    const short = SHORT_ESCAPES[char];
    if (short !== undefined) out += short;
    else if (MUST_ESCAPE.test(char)) out += `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return `${out}"`;
}

/** A number as Go's encoding/json writes it: no exponent from 1e-6 up to 1e21. */
export function formatGoJsonNumber(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-6 && size < 1e21)) return Object.is(value, -0) ? '-0' : String(value);
  return value.toExponential().replace(/e([+-])0*(\d)/, 'e$1$2');
}

/** Orders texts by their UTF-8 bytes, as Go sorts keys. */
export function compareUtf8(one: string, two: string): number {
  const length = Math.min(one.length, two.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [one.charCodeAt(at), two.charCodeAt(at)];
    if (left === right) continue;
    // Half of a pair stands for a character above U+FFFF, which sorts after every single unit.
    const [high, low] = [left >= 0xd800 && left < 0xe000, right >= 0xd800 && right < 0xe000];
    return high === low ? left - right : high ? 1 : -1;
  }
  return one.length - two.length;
}

/** A JSON value as Go's `%v` prints it: `map[a:1 b:[x y]]`. Source: Go, fmt. */
export function goValueText(value: JsonValue): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return formatGoFloat(value);
  if (isList(value)) return `[${value.map(goValueText).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareUtf8);
  return `map[${keys.map((key) => `${key}:${goValueText(value[key] ?? null)}`).join(' ')}]`;
}
