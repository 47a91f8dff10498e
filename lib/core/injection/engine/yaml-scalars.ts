import { formatGoFloat } from './go-text';
import { YamlNumber } from './yaml-value';

export const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE_WORDS = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE_WORDS = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
export const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...TRUE_WORDS.map((word) => [word, true] as const),
  ...FALSE_WORDS.map((word) => [word, false] as const),
]);
const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
]);
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:(0[xX])([0-9a-fA-F]+)|(0[bB])([01]+)|(0[oO]?)([0-7]+)|([0-9]+))$/;
export const NUMBER_STARTS = new Set('+-.0123456789');
const RESOLVED_STARTS = new Set(['', ...'~yYnNtTfFoO', ...NUMBER_STARTS]);
const MAX_INT64 = 2n ** 63n;
const MAX_UINT64 = 2n ** 64n;
// Below this a whole float and an integer print alike.
const EXPONENT_FROM = 1e6;

/** What an unquoted text means, to go-yaml v2: a text, where it is no other scalar. */
export function resolveScalar(source: string, isExact: boolean): null | boolean | number | string | YamlNumber {
  if (!RESOLVED_STARTS.has(source[0] ?? '')) return source;
  if (NULLS.has(source)) return null;
  return FLAGS.get(source) ?? (NUMBER_STARTS.has(source[0] ?? '') ? readNumber(source, isExact) : undefined) ?? source;
}

/** A plain scalar as a number, where YAML 1.1 takes it for one. */
export function readNumber(source: string, isExact: boolean): number | YamlNumber | undefined {
  const special = SPECIAL_FLOATS.get(source);
  if (special !== undefined) return special;
  const first = source[0] ?? '';
  if (first !== '.') {
    const integer = readInteger(source.replaceAll('_', ''), isExact);
    if (integer !== undefined) return integer;
  }
  const plain = first === '.' ? source : source.replaceAll('_', '');
  if (!FLOAT.test(plain)) return undefined;
  const float = Number(plain);
  if (!Number.isFinite(float)) return undefined;
  const isAmbiguous = isExact && Number.isInteger(float) && Math.abs(float) >= EXPONENT_FROM;
  return isAmbiguous ? new YamlNumber(float, formatGoFloat(float)) : float;
}

function readInteger(plain: string, isExact: boolean): number | YamlNumber | undefined {
  const [, sign, , hex, , binary, octalMark, octal, decimal] = INTEGER.exec(plain) ?? [];
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined && octalMark !== undefined
          ? `0o${octal}`
          : decimal === '0' || (decimal !== undefined && !decimal.startsWith('0'))
            ? decimal
            : undefined;
  if (digits === undefined) return undefined;
  const small = Number(digits) * (sign === '-' ? -1 : 1);
  if (Number.isSafeInteger(small)) return small + 0;
  const exact = BigInt(digits) * (sign === '-' ? -1n : 1n);
  const fits = exact >= -MAX_INT64 && exact < (sign === '' ? MAX_UINT64 : MAX_INT64);
  if (!fits) return undefined;
  return isExact ? new YamlNumber(Number(exact), exact.toString()) : Number(exact);
}
