import { formatGoFloat } from './go-text';
import { goTimeFault } from './go-time-fault';
import type { JsonValue } from './json-types';
import type { ScalarKind } from './kube-schema';
import { canonicalQuantity, quantityFaultText } from './quantity';
import { toPlainJson, YamlNumber, type YamlValue } from './yaml-value';

/** The value, nothing (`undefined`, for null), or a mismatch. */
export type ScalarResult =
  | { readonly value: JsonValue | undefined }
  | { readonly mismatch: string; readonly detail?: string };

const NOTHING: ScalarResult = { value: undefined };
const RANGES: Readonly<Record<'i32' | 'i64', readonly [low: number, high: number]>> = {
  i32: [-(2 ** 31), 2 ** 31 - 1],
  i64: [-(2 ** 63), 2 ** 63],
};
const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** What each kind is when a value-typed field was never set. */
export const ZERO_SCALARS: Readonly<Record<ScalarKind, JsonValue>> = {
  s: '',
  b: false,
  i32: 0,
  i64: 0,
  Q: '0',
  P: 0,
  Time: null,
  MicroTime: null,
  Raw: null,
  bytes: null,
};

const TYPE_NAMES: Readonly<Record<ScalarKind, string>> = {
  s: 'string',
  b: 'bool',
  i32: 'int32',
  i64: 'int64',
  Q: 'resource.Quantity',
  P: 'int32',
  Time: 'string',
  MicroTime: 'string',
  Raw: 'interface {}',
  bytes: '[]uint8',
};

/** The Go type that a decoder names in its errors. */
export function scalarTypeName(kind: ScalarKind): string {
  return TYPE_NAMES[kind];
}

/**
 * Reads one scalar as Go's JSON decoder does.
 *
 * Input: `isLoose` for YAML input, where an unquoted number or flag may stand for a text.
 * Source: Go, encoding/json; sigs.k8s.io/yaml, convertToJSONableObject; Kubernetes, the types' own UnmarshalJSON.
 */
export function decodeScalar(kind: ScalarKind, value: YamlValue, isLoose: boolean): ScalarResult {
  switch (kind) {
    case 's':
    case 'bytes':
      return decodeText(value, isLoose);
    case 'b':
      return typeof value === 'boolean' ? { value } : nothingOr(value);
    case 'i32':
    case 'i64':
      return decodeInteger(kind, value);
    case 'Q':
      return decodeQuantity(value);
    case 'P':
      return typeof value === 'string' ? { value } : value === null ? { value: 0 } : decodeInteger('i32', value);
    case 'Time':
    case 'MicroTime':
      return decodeTime(value, kind === 'MicroTime');
    case 'Raw':
      return value === null ? NOTHING : { value: toPlainJson(value) };
  }
}

function nothingOr(value: YamlValue): ScalarResult {
  return value === null ? NOTHING : { mismatch: misplacedKind(value) };
}

function decodeText(value: YamlValue, isLoose: boolean): ScalarResult {
  if (typeof value === 'string') return { value };
  if (isLoose && value !== null) {
    if (typeof value === 'boolean') return { value: String(value) };
    if (value instanceof YamlNumber) return { value: value.text };
    if (typeof value === 'number') return { value: Number.isInteger(value) ? String(value) : formatGoFloat(value) };
  }
  return nothingOr(value);
}

function decodeInteger(kind: 'i32' | 'i64', value: YamlValue): ScalarResult {
  const number = value instanceof YamlNumber ? value.value : value;
  if (typeof number !== 'number') return nothingOr(value);
  const [low, high] = RANGES[kind];
  return Number.isInteger(number) && number >= low && number <= high
    ? { value: number }
    : { mismatch: jsonKind(value) };
}

function decodeQuantity(value: YamlValue): ScalarResult {
  const text = value instanceof YamlNumber ? String(value.value) : value;
  if (text === null) return { value: '0' };
  if (typeof text !== 'string' && typeof text !== 'number') {
    return { mismatch: jsonKind(value), detail: quantityFaultText('form') };
  }
  const read = canonicalQuantity(String(text).trim());
  return read.ok ? { value: read.text } : { mismatch: jsonKind(value), detail: quantityFaultText(read.fault) };
}

function decodeTime(value: YamlValue, isMicro: boolean): ScalarResult {
  if (value === null) return NOTHING;
  if (typeof value !== 'string') return { mismatch: jsonKind(value) };
  const [, stem = '', fraction = '', zone = ''] = RFC3339.exec(value) ?? [];
  const millis = Date.parse(`${stem}${zone}`);
  if (stem === '' || Number.isNaN(millis)) {
    return { mismatch: 'string', detail: goTimeFault(value) };
  }
  const seconds = new Date(millis).toISOString().slice(0, 19);
  return { value: isMicro ? `${seconds}.${fraction.slice(1, 7).padEnd(6, '0')}Z` : `${seconds}Z` };
}

/** How Go names JSON where no number belongs. */
export function misplacedKind(value: YamlValue): string {
  return typeof value === 'number' || value instanceof YamlNumber ? 'number' : jsonKind(value);
}

/** How Go names JSON that did not fit; a number that is none of the wanted size is named with its text. */
export function jsonKind(value: YamlValue): string {
  if (value instanceof YamlNumber) return `number ${value.value}`;
  if (typeof value === 'number') return `number ${value}`;
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Array.isArray(value) ? 'array' : 'object';
}
