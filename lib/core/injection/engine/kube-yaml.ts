import {
  defineMappingTag,
  defineScalarTag,
  load,
  mergeTag,
  NOT_RESOLVED,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml';
import { formatGoFloat } from './go-text';
import { wordLikeGoYaml } from './go-yaml-words';
import type { JsonMap, JsonValue } from './json-types';
import { relaxIndentation } from './relax-indentation';

/** A number whose text differs from what JavaScript would print: a big integer, or a float that happens to be whole. */
export class YamlNumber {
  readonly value: number;
  /** As Go prints it where a text is wanted. */
  readonly text: string;

  constructor(value: number, text: string) {
    this.value = value;
    this.text = text;
  }
}

export interface YamlFailure {
  readonly message: string;
  /** 1-based, within the text given. */
  readonly line?: number;
}

export type YamlResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: YamlFailure };

const MAX_DEPTH = 100;
const MAX_ALIASES = 10_000;
const MAX_TEXT = 10 * 1024 * 1024;

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE_WORDS = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE_WORDS = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const FLAGS: ReadonlyMap<string, boolean> = new Map([
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
const NUMBER_STARTS = [...'+-.0123456789'];
const MAX_INT64 = 2n ** 63n;
const MAX_UINT64 = 2n ** 64n;
// Below this a whole float and an integer print alike.
const EXPONENT_FROM = 1e6;

/**
 * Reads one YAML document as Kubernetes' programs do: YAML 1.1 flags and octal numbers, the last of two equal keys wins, times stay text.
 *
 * Input: one document. Output: JSON values; a number that JavaScript would print otherwise than Go is a `YamlNumber`.
 * Fails on text that is no YAML, on more than 10 MiB, 100 levels or 10,000 aliases.
 * Source: sigs.k8s.io/yaml with its copy of go-yaml v2, resolve.go.
 */
export function parseKubeYaml(text: string): YamlResult<YamlValue> {
  return parse<YamlValue>(text, EXACT_SCHEMA);
}

export type YamlValue = null | boolean | number | string | YamlNumber | readonly YamlValue[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** The same, with every number as JavaScript has it. */
export function parsePlainYaml(text: string): YamlResult<JsonValue> {
  return parse<JsonValue>(text, PLAIN_SCHEMA);
}

function parse<T>(text: string, schema: Schema): YamlResult<T> {
  if (text.length > MAX_TEXT) return { ok: false, fault: { message: 'yaml: the document is larger than 10 MiB' } };
  try {
    const value = load(relaxIndentation(text), { schema, json: true, maxDepth: MAX_DEPTH, maxAliases: MAX_ALIASES });
    return { ok: true, value: (value === undefined ? null : value) as T };
  } catch (error) {
    const cut = error instanceof YAMLException ? endOfFlowDocument(text, error) : undefined;
    if (cut !== undefined) return parse(text.slice(0, cut), schema);
    if (error instanceof YAMLException) return emptyOrFault<T>(text, error);
    return { ok: false, fault: { message: error instanceof Error ? error.message : String(error) } };
  }
}

// What follows a document in braces is another document to go-yaml, which reads the first alone.
function endOfFlowDocument(text: string, { reason, mark }: YAMLException): number | undefined {
  const isFlow = /^(\s*(#.*)?\n)*(---)?\s*[{[]/.test(text);
  const isAfter = /document separator is expected/.test(reason);
  if (!isFlow || !isAfter || mark === undefined || mark === null) return undefined;
  const before = text.split('\n').slice(0, mark.line).join('\n').length;
  const at = mark.line === 0 ? mark.column : before + 1 + mark.column;
  return at > 0 && at < text.length ? at : undefined;
}

// A text of comments and blanks holds no document; Go reads it as null.
function emptyOrFault<T>(text: string, error: YAMLException): YamlResult<T> {
  if (isBlankYaml(text)) return { ok: true, value: null as T };
  const { mark } = error;
  if (mark === undefined || mark === null) return { ok: false, fault: { message: `yaml: ${error.reason}` } };
  const message = wordLikeGoYaml(relaxIndentation(text), {
    reason: error.reason,
    line: mark.line,
    position: mark.position,
  });
  return { ok: false, fault: { message, line: mark.line + 1 } };
}

/** Whether a text has nothing but blanks, comments and document marks. */
function isBlankYaml(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$|^(---|\.\.\.)\s*(#.*)?$/.test(line));
}

/** Removes the difference between numbers that `YamlNumber` keeps. */
export function toPlainJson(value: YamlValue): JsonValue {
  if (value instanceof YamlNumber) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  if (isYamlList(value)) return value.map(toPlainJson);
  const out: JsonMap = {};
  for (const [key, item] of Object.entries(value)) setKey(out, key, toPlainJson(item));
  return out;
}

/** Sets a key that may be called `__proto__` without touching the prototype. */
export function setKey(target: JsonMap, key: string, value: JsonValue): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

export function isYamlList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof YamlNumber);
}

function readNumber(source: string, isExact: boolean): number | YamlNumber | undefined {
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

const nullTag = defineScalarTag<null>('tag:yaml.org,2002:null', {
  implicit: true,
  implicitFirstChars: ['', '~', 'n', 'N'],
  resolve: (source) => (NULLS.has(source) ? null : NOT_RESOLVED),
  identify: (data) => data === null,
});

const flagTag = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYnNtTfFoO'],
  resolve: (source) => FLAGS.get(source) ?? NOT_RESOLVED,
  identify: () => false,
});

const numberTag = (name: 'int' | 'float', isExact: boolean) =>
  defineScalarTag<number | YamlNumber>(`tag:yaml.org,2002:${name}`, {
    implicit: name === 'int',
    implicitFirstChars: NUMBER_STARTS,
    resolve: (source) => readNumber(source, isExact) ?? NOT_RESOLVED,
    identify: () => false,
  });

const bytesTag = defineScalarTag<string>('tag:yaml.org,2002:binary', {
  resolve: (source) => source,
  identify: () => false,
});
const timeTag = defineScalarTag<string>('tag:yaml.org,2002:timestamp', {
  resolve: (source) => source,
  identify: () => false,
});

const mapTag = defineMappingTag<JsonMap>('tag:yaml.org,2002:map', {
  create: () => ({}),
  addPair: (carrier, key, value) => {
    const name = key instanceof YamlNumber ? key.text : String(key);
    if (typeof key === 'object' && !(key instanceof YamlNumber) && key !== null) return 'a key must be a scalar';
    setKey(carrier, name, value as JsonValue);
    return '';
  },
  has: (carrier, key) => Object.hasOwn(carrier, String(key)),
  keys: (result) => Object.keys(result),
  get: (result, key) => result[String(key)],
  identify: () => false,
});

const schemaOf = (isExact: boolean) =>
  new Schema([
    strTag,
    nullTag,
    flagTag,
    numberTag('int', isExact),
    numberTag('float', isExact),
    bytesTag,
    timeTag,
    mergeTag,
    seqTag,
    mapTag,
  ]);
const EXACT_SCHEMA = schemaOf(true);
const PLAIN_SCHEMA = schemaOf(false);
