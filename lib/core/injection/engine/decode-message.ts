import { jsonKind } from './decode-scalar';
import { formatProtoDuration, goDurationFault, parseGoDuration } from './go-duration';
import { goJsonFault } from './go-json-fault';
import { isList, isObject, type JsonMap, type JsonObject, type JsonValue } from './json-types';
import { enumValues, type MessageField, messageFields } from './mesh-schema';
import { setKey } from './yaml-value';

/** A value that does not fit its field in a protobuf message. */
export class MessageError extends Error {
  /** Field names from the message down: `tracing.sampling`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'MessageError';
    this.field = field;
  }
}

const INTEGER_RANGES: ReadonlyMap<string, readonly [low: number, high: number]> = new Map([
  ['int32', [-(2 ** 31), 2 ** 31 - 1]],
  ['uint32', [0, 2 ** 32 - 1]],
  ['int64', [-(2 ** 63), 2 ** 63]],
  ['uint64', [0, 2 ** 64]],
]);
const WRAPPED: ReadonlyMap<string, string> = new Map([
  ['BoolValue', 'bool'],
  ['Int32Value', 'int32'],
  ['UInt32Value', 'uint32'],
  ['Int64Value', 'int64'],
  ['UInt64Value', 'uint64'],
  ['DoubleValue', 'double'],
  ['FloatValue', 'double'],
  ['StringValue', 'string'],
]);
const FREE_FORM: ReadonlySet<string> = new Set(['Struct', 'Value', 'ListValue', 'Any']);

/**
 * Replaces the fields of a message by those that an object names, each wholly.
 *
 * Input: a message as canonical proto JSON, and any object, with names in camel or snake case; nulls and unknown names are passed over.
 * Output: canonical proto JSON in declaration order: zero scalars, empty lists and maps are absent, durations are seconds, enums names.
 * Fails with a `MessageError` on a value of a wrong type.
 * Source: Istio, pkg/util/protomarshal, ApplyYAML; golang/protobuf, jsonpb.
 */
export function applyToMessage(message: JsonObject, object: JsonObject, name: string, at = ''): JsonObject {
  const fields = messageFields(name) ?? [];
  const replaced = new Map<string, JsonValue | undefined>();
  for (const field of fields) {
    const value = givenValue(object, field);
    if (value === undefined || value === null) continue;
    if (field.oneof !== undefined) clearOneof(replaced, fields, field.oneof);
    replaced.set(field.json, decodeField(field, value, at === '' ? field.json : `${at}.${field.json}`));
  }
  const out: JsonMap = {};
  for (const { json } of fields) {
    const value = replaced.has(json) ? replaced.get(json) : message[json];
    if (value !== undefined) out[json] = value;
  }
  return out;
}

/** Reads an object as a message of its own. */
export function decodeMessage(object: JsonObject, name: string): JsonObject {
  return applyToMessage({}, object, name);
}

function givenValue(object: JsonObject, field: MessageField): JsonValue | undefined {
  const camel = Object.hasOwn(object, field.json) ? object[field.json] : undefined;
  if (camel !== undefined) return camel;
  return Object.hasOwn(object, field.proto) ? object[field.proto] : undefined;
}

function clearOneof(
  replaced: Map<string, JsonValue | undefined>,
  fields: readonly MessageField[],
  oneof: string,
): void {
  for (const field of fields) if (field.oneof === oneof) replaced.set(field.json, undefined);
}

function decodeField(field: MessageField, value: JsonValue, at: string): JsonValue | undefined {
  if (field.shape === 'list') {
    if (!isList(value)) throw mismatch(at, value, RAW_LIST);
    return value.length === 0 ? undefined : value.map((item, index) => decodeItem(field.type, item, `${at}[${index}]`));
  }
  if (field.shape === 'map') {
    if (!isObject(value)) throw mismatch(at, value, RAW_MAP);
    const keys = Object.keys(value);
    const out: JsonMap = {};
    for (const key of keys) setKey(out, key, decodeItem(field.type, value[key] ?? null, `${at}.${key}`));
    return keys.length === 0 ? undefined : out;
  }
  const decoded = decodeItem(field.type, value, at);
  return field.oneof === undefined && isZeroScalar(field.type, decoded) ? undefined : decoded;
}

// Only scalars and enums lose their zero; wrappers, durations and messages are there or not.
function isZeroScalar(type: string, value: JsonValue): boolean {
  const values = enumValues(type);
  if (values !== undefined) return values.get(String(value)) === 0 || value === 0;
  if (type === 'string' || type === 'bytes') return value === '';
  return type === 'bool' ? value === false : (INTEGER_RANGES.has(type) || type === 'double') && Number(value) === 0;
}

function decodeItem(type: string, value: JsonValue, at: string): JsonValue {
  const scalar = WRAPPED.get(type) ?? type;
  if (scalar === 'string' || scalar === 'bytes')
    return typeof value === 'string' ? value : throwMismatch(at, value, 'string');
  if (scalar === 'bool') return typeof value === 'boolean' ? value : throwMismatch(at, value, 'bool');
  if (scalar === 'double') return decodeDouble(value, at);
  if (INTEGER_RANGES.has(scalar)) return decodeInteger(scalar, value, at);
  if (type === 'Duration') return decodeDuration(value, at);
  if (FREE_FORM.has(type)) return value;
  const values = enumValues(type);
  if (values !== undefined) return decodeEnum(type, values, value, at);
  if (!isObject(value)) throw mismatch(at, value, RAW_MAP);
  return applyToMessage({}, value, type, at);
}

function decodeDouble(value: JsonValue, at: string): JsonValue {
  const number = unquoted(value, at);
  return typeof number === 'number' ? number : throwMismatch(at, number, 'float64');
}

// A number may stand in quotes; what stands there is read as JSON of its own.
function unquoted(value: JsonValue, at: string): JsonValue {
  if (typeof value !== 'string') return value;
  const fault = goJsonFault(value);
  if (fault !== undefined) throw new MessageError(at, fault);
  return JSON.parse(value);
}

// 64-bit integers are texts in proto JSON.
function decodeInteger(type: string, value: JsonValue, at: string): JsonValue {
  const number = unquoted(value, at);
  const [low, high] = INTEGER_RANGES.get(type) ?? [0, 0];
  const fits = typeof number === 'number' && Number.isInteger(number) && number >= low && number <= high;
  if (!fits) throw mismatch(at, number, type);
  if (!type.endsWith('64')) return number;
  return typeof value === 'string' ? value : String(number);
}

function decodeDuration(value: JsonValue, at: string): JsonValue {
  if (typeof value !== 'string') throw mismatch(at, value, 'string');
  const nanos = parseGoDuration(value);
  if (nanos === undefined) throw new MessageError(at, `bad Duration: ${goDurationFault(value)}`);
  return formatProtoDuration(nanos);
}

function decodeEnum(type: string, values: ReadonlyMap<string, number>, value: JsonValue, at: string): JsonValue {
  if (typeof value === 'number') return [...values].find(([, number]) => number === value)?.[0] ?? value;
  if (typeof value !== 'string') throw mismatch(at, value, 'protoreflect.EnumNumber');
  if (!values.has(value))
    throw new MessageError(
      at,
      `unknown value ${JSON.stringify(JSON.stringify(value))} for enum istio.mesh.v1alpha1.${type}`,
    );
  return value;
}

// The JSON of lists, maps and messages is cut into pieces before anything is read.
const RAW_LIST = '[]json.RawMessage';
const RAW_MAP = 'map[string]json.RawMessage';

function mismatch(at: string, value: JsonValue, wanted: string): MessageError {
  const found = typeof value === 'number' && !INTEGER_RANGES.has(wanted) ? 'number' : jsonKind(value);
  return new MessageError(at, `json: cannot unmarshal ${found} into Go value of type ${wanted}`);
}

function throwMismatch(at: string, value: JsonValue, wanted: string): never {
  throw mismatch(at, value, wanted);
}
