import { isRecord } from './json-access';
import type { FieldSchema, StructSchema, TypeSchema } from './object-schema';
import type { JsonObject } from './object-types';
import { canonicalQuantity } from './quantity-text';

/** Who reads: the decoder of bodies, or the converter of what a strategic merge patch made, which has words of its own. */
export type Reader = 'decoder' | 'converter';

interface Reading {
  readonly reader: Reader;
  /** Fields that the type has not, in the order of the document: `spec.template.spec.containers[0].imagee`. */
  readonly unknown: string[];
}

interface Place {
  /** With the indexes of lists, as strict decoding spells it. */
  readonly path: string;
  /** Without them, as Go's decoder spells it. */
  readonly field: string;
  /** Go name of the innermost struct. */
  readonly struct: string;
}

/** The only struct with a type of its own within another object. */
const EMBEDDED_OBJECT = 'core.PersistentVolumeClaim';

/**
 * Reads an object as the real server decodes it into its Go type and writes it again.
 *
 * Output: unknown fields and empty ones are gone, what is always written is there, quantities are canonical; and the unknown fields.
 * Fails with 400 where a value is of another type, in the words of Go's decoder.
 */
export function readTyped(
  schema: StructSchema,
  value: JsonObject,
  reader: Reader = 'decoder',
): { readonly object: JsonObject; readonly unknown: readonly string[] } {
  const reading: Reading = { reader, unknown: [] };
  const object = readStruct(schema, value, { path: '', field: '', struct: goName(schema) }, reading, true);
  // The converter meets the fields of an object before those of its parts.
  const depth = (path: string) => path.split('.').length;
  const unknown =
    reader === 'decoder' ? reading.unknown : [...reading.unknown].sort((left, right) => depth(left) - depth(right));
  return { object, unknown };
}

const goName = ({ name }: StructSchema) => name.slice(name.indexOf('.') + 1);

function readStruct(
  schema: StructSchema,
  value: JsonObject,
  place: Place,
  reading: Reading,
  isObject: boolean,
): JsonObject {
  const read: JsonObject = {};
  const inner = { ...place, struct: goName(schema) };
  for (const [name, item] of Object.entries(value)) {
    const field = schema.fields.get(name);
    const at = member(inner, name);
    if (field !== undefined) {
      const found = readField(field, item, at, reading);
      if (found !== undefined) read[name] = found;
    } else if (isObject && (name === 'apiVersion' || name === 'kind'))
      read[name] = readLeaf('s', item, at, reading.reader);
    else if (schema.rest !== undefined) read[name] = item;
    else reading.unknown.push(at.path);
  }
  for (const [name, field] of schema.fields) {
    if (field.isAlwaysWritten && !(name in read)) read[name] = emptyOf(field.type);
  }
  return read;
}

function member(place: Place, name: string): Place {
  const join = (left: string) => (left === '' ? name : `${left}.${name}`);
  return { ...place, path: join(place.path), field: join(place.field) };
}

/** The value of a field; undefined when it is left out. */
function readField(field: FieldSchema, value: unknown, place: Place, reading: Reading): unknown {
  if (value === null || value === undefined) return undefined;
  const read = readValue(field.type, value, place, reading);
  if (field.isPointer || field.isAlwaysWritten) return read;
  return isZero(field.type, read) ? undefined : read;
}

function isZero(schema: TypeSchema, value: unknown): boolean {
  if (schema.kind === 'free') return value === null;
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return schema.kind === 'leaf' && schema.type === 'intstr'
    ? value === 0
    : value === '' || value === 0 || value === false;
}

function emptyOf(schema: TypeSchema): unknown {
  switch (schema.kind) {
    case 'struct':
      return readStruct(
        schema,
        {},
        { path: '', field: '', struct: goName(schema) },
        { reader: 'decoder', unknown: [] },
        false,
      );
    case 'leaf':
      return EMPTY_LEAVES[schema.type] ?? null;
    default:
      return null;
  }
}

/** What Go writes for a leaf that nobody set. */
export const EMPTY_LEAVES: Readonly<Record<string, unknown>> = {
  s: '',
  i: 0,
  int64: 0,
  b: false,
  d: 0,
  intstr: 0,
  quantity: '0',
};

function readValue(schema: TypeSchema, value: unknown, place: Place, reading: Reading): unknown {
  switch (schema.kind) {
    case 'free':
      return value;
    case 'leaf':
      return readLeaf(schema.type, value, place, reading.reader);
    case 'struct':
      if (!isRecord(value)) throw mismatch(reading.reader, value, place, schema);
      return readStruct(schema, value, place, reading, schema.name === EMBEDDED_OBJECT);
    case 'map':
      if (!isRecord(value)) throw mismatch(reading.reader, value, place, schema);
      return readMap(schema.of, value, place, reading);
    case 'list':
      if (!Array.isArray(value)) throw mismatch(reading.reader, value, place, schema);
      return value.map((item, at) => {
        const here = { ...place, path: `${place.path}[${at}]` };
        return item === null ? emptyOf(schema.of) : readValue(schema.of, item, here, reading);
      });
  }
}

function readMap(of: TypeSchema, value: JsonObject, place: Place, reading: Reading): JsonObject {
  const read: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const here = { ...place, path: `${place.path}.${key}` };
    read[key] = item === null ? (emptyOf(of) ?? '') : readValue(of, item, here, reading);
  }
  return read;
}

function readLeaf(type: string, value: unknown, place: Place, reader: Reader): unknown {
  switch (type) {
    case 's':
    case 'duration':
      if (typeof value !== 'string') throw mismatch(reader, value, place, { kind: 'leaf', type });
      return value;
    case 'b':
      if (typeof value !== 'boolean') throw mismatch(reader, value, place, { kind: 'leaf', type });
      return value;
    case 'i':
    case 'int64':
      if (typeof value !== 'number') throw mismatch(reader, value, place, { kind: 'leaf', type });
      if (!Number.isInteger(value) || Math.abs(value) > LARGEST[type])
        throw mismatch(reader, value, place, { kind: 'leaf', type }, ` ${value}`);
      return value;
    case 'd':
      if (typeof value !== 'number') throw mismatch(reader, value, place, { kind: 'leaf', type });
      return value;
    case 'y':
      return readBytes(value, place, reader);
    case 'quantity':
      return readQuantity(value);
    case 'time':
      return readTime(value, place, reader);
    default:
      return value;
  }
}

const LARGEST = { i: 2 ** 31 - 1, int64: Number.MAX_VALUE } as const;

function readBytes(value: unknown, place: Place, reader: Reader): string {
  if (typeof value !== 'string') throw mismatch(reader, value, place, { kind: 'leaf', type: 'y' });
  const text = value.replace(/[\r\n]/g, '');
  const bad = /[^A-Za-z0-9+/=]/.exec(text)?.index ?? (text.length % 4 === 0 ? -1 : text.length - (text.length % 4));
  if (bad >= 0) throw new TypeFailure(`illegal base64 data at input byte ${bad}`);
  return text;
}

function readQuantity(value: unknown): string {
  const canonical = canonicalQuantity(String(value));
  if (canonical !== undefined) return canonical;
  throw new TypeFailure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}

function readTime(value: unknown, place: Place, reader: Reader): string {
  if (typeof value !== 'string') throw mismatch(reader, value, place, { kind: 'leaf', type: 's' });
  if (Number.isNaN(Date.parse(value))) {
    throw new TypeFailure(
      `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
    );
  }
  return value;
}

/** A value that Go's decoder refuses. The caller says which object it belongs to. */
export class TypeFailure extends Error {}

function mismatch(reader: Reader, value: unknown, place: Place, schema: TypeSchema, shown = ''): TypeFailure {
  if (reader === 'converter') return new TypeFailure(cannotConvert(value, schema));
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const field = place.field === '' ? 'value' : `struct field ${place.struct}.${place.field}`;
  return new TypeFailure(`json: cannot unmarshal ${found}${shown} into Go ${field} of type ${goType(schema)}`);
}

// Source: k8s.io/apimachinery, pkg/runtime/converter.go.
function cannotConvert(value: unknown, schema: TypeSchema): string {
  const found = Array.isArray(value)
    ? 'slice'
    : isRecord(value)
      ? 'map'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'number'
          ? 'int64'
          : typeof value;
  if (schema.kind === 'list') return `cannot restore slice from ${found}`;
  if (schema.kind === 'map') return `cannot restore map from ${found}`;
  if (schema.kind === 'struct') return `cannot restore struct from: ${found}`;
  return `unrecognized type: ${goType(schema)}`;
}

const GO_LEAVES: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'int32',
  int64: 'int64',
  b: 'bool',
  d: 'float64',
  y: '[]uint8',
};

function goType(schema: TypeSchema): string {
  switch (schema.kind) {
    case 'leaf':
      return GO_LEAVES[schema.type] ?? schema.type;
    case 'struct':
      return `${schema.name.startsWith('autoscaling.') ? 'v2' : 'v1'}.${goName(schema)}`;
    case 'map':
      return `map[string]${goType(schema.of)}`;
    case 'list':
      return `[]${goType(schema.of)}`;
    case 'free':
      return 'interface {}';
  }
}
