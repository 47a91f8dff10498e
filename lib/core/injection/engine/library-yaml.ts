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
import { wordLikeGoYaml } from './go-yaml-words';
import type { JsonMap, JsonValue } from './json-types';
import { relaxIndentation } from './relax-indentation';
import { FLAGS, NULLS, NUMBER_STARTS, readNumber } from './yaml-scalars';
import { setKey, YamlNumber, type YamlValue } from './yaml-value';

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

/** Reads any YAML; see `parseKubeYaml`. */
export function loadExact(text: string): YamlResult<YamlValue> {
  return parse<YamlValue>(text, EXACT_SCHEMA);
}

/** Reads any YAML; see `parsePlainYaml`. */
export function loadPlain(text: string): YamlResult<JsonValue> {
  return parse<JsonValue>(text, PLAIN_SCHEMA);
}

function parse<T>(text: string, schema: Schema): YamlResult<T> {
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
    implicitFirstChars: [...NUMBER_STARTS],
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
