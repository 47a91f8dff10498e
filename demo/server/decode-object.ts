import { boolYaml11Tag, CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml';
import { ApiError, badRequest } from './api-error';
import { decodeProtobuf } from './decode-protobuf';
import { isRecord } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import { schemaOfKind } from './object-schema';
import type { JsonObject, NewObject } from './object-types';
import { JsonFailure, parseJson } from './parse-json';
import { parseObject } from './parse-object';
import { type Reader, readTyped, TypeFailure } from './read-typed';

export type BodyFormat = 'json' | 'yaml' | 'protobuf';

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  '': 'json',
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/vnd.kubernetes.protobuf': 'protobuf',
};

/** How a body is written; 415 for what this server cannot read. */
export function bodyFormatOf(contentType: string, isCustom = false): BodyFormat {
  const mediaType = (contentType.split(';')[0] ?? '').trim();
  const format = FORMATS[mediaType];
  if (format !== undefined && !(isCustom && format === 'protobuf')) return format;
  const known = Object.keys(FORMATS).filter((name) => name !== '' && !(isCustom && name.endsWith('protobuf')));
  const text = `the body of the request was in an unknown format - accepted media types include: ${known.join(', ')}`;
  throw new ApiError('UnsupportedMediaType', text);
}

/** A body that could not be read, in the words of the real server's decoder. */
export class BodyFailure extends Error {}

export interface ParsedBody {
  readonly value: unknown;
  /** What strict decoding objects to in the text itself, e.g. `duplicate field "data.a"`. */
  readonly problems: readonly string[];
}

export function parseText(body: Buffer, format: BodyFormat): ParsedBody {
  if (format === 'protobuf') return { value: decodeProtobuf(body), problems: [] };
  const text = body.toString('utf8');
  return format === 'yaml' ? parseYaml(text) : parseJsonBody(text);
}

function parseJsonBody(text: string): ParsedBody {
  try {
    const { value, duplicates } = parseJson(text);
    return { value, problems: duplicates.map((path) => `duplicate field "${path}"`) };
  } catch (error) {
    if (error instanceof JsonFailure)
      throw new BodyFailure(`couldn't get version/kind; json parse error: ${error.message}`);
    throw error;
  }
}

function parseYaml(text: string): ParsedBody {
  try {
    return { value: loadYaml(text), problems: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    const key = /^duplicated mapping key/.test(error.reason) ? keyAt(text, line) : undefined;
    if (key === undefined) throw new BodyFailure(`yaml: line ${line}: ${error.reason}`);
    return { value: loadYaml(text, true), problems: [`line ${line}: key "${key}" already set in map`] };
  }
}

/** As the real server's library reads it: `y`, `no` and `on` are booleans, and keys may be merged. */
const SCHEMA = CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag);

export function loadYaml(text: string, allowsDuplicates = false): unknown {
  return load(text, { schema: SCHEMA, json: allowsDuplicates });
}

function keyAt(text: string, line: number): string | undefined {
  return /^[\s-]*"?([^":\s]+)"?\s*:/.exec(text.split('\n')[line - 1] ?? '')?.[1];
}

const LONGEST_SUMMARY = 30;

/** The beginning of a body, as messages show it. */
function summaryOf(body: Buffer): string {
  if (body.length === 0) return '<empty>';
  const head = body.subarray(0, LONGEST_SUMMARY);
  const shown = body[0] === '{'.charCodeAt(0) ? head.toString('utf8') : head.toString('hex');
  return body.length > LONGEST_SUMMARY ? `${shown} ...` : shown;
}

export interface DecodedObject {
  readonly object: NewObject;
  /** What strict decoding objects to, in the order of the document. */
  readonly problems: readonly string[];
}

/**
 * Reads the object of a create or an update.
 *
 * Output: the object as its type holds it; `apiVersion` and `kind` are those of the address.
 * Fails with 400 for what is no object of the kind, in the words of the real server.
 */
export function decodeObject(
  row: KindRow,
  version: string,
  kinds: readonly KindRow[],
  body: Buffer,
  contentType: string,
): DecodedObject {
  const format = bodyFormatOf(contentType, row.isCustom);
  const parsed = parseRecord(row, body, format);
  const kind = textAt(parsed.value, 'kind') ?? row.kind;
  const wanted = apiVersionOf(row, version);
  const apiVersion = textAt(parsed.value, 'apiVersion') ?? wanted;
  const failure = (why: string) =>
    badRequest(
      `${kind} in version "${apiVersion.slice(apiVersion.indexOf('/') + 1)}" cannot be handled as a ${row.kind}: ${why}`,
    );
  if (kind !== row.kind || apiVersion !== wanted) throw failure(whyUnfit(row, kinds, apiVersion, kind));
  const { object, problems } = decodeTyped(row, parsed.value, failure);
  return { object: { ...object, apiVersion: wanted, kind: row.kind }, problems: [...parsed.problems, ...problems] };
}

/** A JSON value as an object of the kind; `failure` says whose value it is. */
export function decodeTyped(
  row: KindRow,
  value: JsonObject,
  failure: (why: string) => Error,
  reader: Reader = 'decoder',
): DecodedObject {
  try {
    const { object, unknown } = readTyped(schemaOfKind(row), value, reader);
    return { object: parseObject(object), problems: unknown.map((path) => `unknown field "${path}"`) };
  } catch (error) {
    if (error instanceof TypeFailure) throw failure(error.message);
    throw error;
  }
}

/** The type into which the real server reads the first fields of any body. */
export const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function parseRecord(
  row: KindRow,
  body: Buffer,
  format: BodyFormat,
): { value: JsonObject; problems: readonly string[] } {
  const failure = (why: string) =>
    badRequest(`the object provided is unrecognized (must be of type ${row.kind}): ${why} (${summaryOf(body)})`);
  try {
    const { value, problems } = parseText(body, format);
    if (value === null || value === undefined) return { value: {}, problems };
    if (isRecord(value)) return { value, problems };
    const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw failure(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${found} into Go value of type ${TYPE_META}`,
    );
  } catch (error) {
    if (error instanceof BodyFailure) throw failure(error.message);
    throw error;
  }
}

function textAt(value: JsonObject, field: string): string | undefined {
  const found = value[field];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function whyUnfit(row: KindRow, kinds: readonly KindRow[], apiVersion: string, kind: string): string {
  const isKnown = kinds.some(
    (one) => one.kind === kind && one.versions.some((version) => apiVersionOf(one, version) === apiVersion),
  );
  if (!isKnown)
    return `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const inner = row.group === '' ? 'core' : (row.group.split('.')[0] ?? '');
  return `converting (${version}.${kind}) to (${inner}.${row.kind}): unknown conversion`;
}
