import { toByteString } from '@/lib/core/gotemplate/values/byte-string';
import {
  ANY,
  BOOL,
  FLOAT32,
  FLOAT64,
  type GoType,
  INT,
  INT8,
  INT32,
  INT64,
  mapOf,
  pointerTo,
  STRING,
  type StructType,
  sliceOf,
  UINT,
  UINT8,
  UINT32,
  UINT64,
} from '@/lib/core/gotemplate/values/go-type';
import { type MapKey, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import {
  goBool,
  goDict,
  goFloat,
  goInt,
  goInterface,
  goJson,
  goList,
  goMap,
  goPointer,
  goSlice,
  goStruct,
  goText,
  goUint,
  zeroOf,
} from '@/lib/core/gotemplate/values/make-values';
import { FIXTURE_TYPES } from './fixture-types';

const BASIC_TYPES: ReadonlyMap<string, GoType> = new Map<string, GoType>([
  ...[STRING, BOOL, INT, INT8, INT32, INT64, UINT, UINT8, UINT32, UINT64, FLOAT32, FLOAT64].map(
    (type): [string, GoType] => [type.name, type],
  ),
  ['any', ANY],
]);
const SPECIAL_FLOATS: Readonly<Record<string, number>> = {
  Inf: Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
};

function parseType(text: string): GoType {
  if (text.startsWith('*')) return pointerTo(parseType(text.slice(1)));
  if (text.startsWith('[]')) return sliceOf(parseType(text.slice(2)));
  if (text.startsWith('map[')) {
    const close = text.indexOf(']');
    return mapOf(parseType(text.slice(4, close)), parseType(text.slice(close + 1)));
  }
  const found = BASIC_TYPES.get(text) ?? FIXTURE_TYPES.get(text);
  if (found === undefined) throw new Error(`unknown type ${text}`);
  return found;
}

function memberOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null
    ? Object.entries(json).find(([key]) => key === name)?.[1]
    : undefined;
}

const numberOf = (json: unknown) => SPECIAL_FLOATS[String(json)] ?? Number(json);
const entriesOf = (json: unknown) => (typeof json === 'object' && json !== null ? Object.entries(json) : []);

function toKey(text: string, type: GoType): MapKey {
  if (type.kind === 'int' || type.kind === 'uint') return BigInt(text);
  if (type.kind === 'float') return numberOf(text);
  if (type.kind === 'bool') return text === 'true';
  return type.kind === 'interface' && /^-?\d+$/.test(text) ? BigInt(text) : toByteString(text);
}

function decodeAs(type: GoType, json: unknown): Value {
  if (type === ANY) return goInterface(decodeTyped(json));
  if (json === null || json === undefined) return zeroOf(type);
  switch (type.kind) {
    case 'string':
      return goText(String(json), type);
    case 'bool':
      return goBool(json === true, type);
    case 'int':
      return goInt(BigInt(String(json)), type);
    case 'uint':
      return goUint(BigInt(String(json)), type);
    case 'float':
      return goFloat(numberOf(json), type);
    case 'pointer': {
      const target = decodeAs(type.elem, json);
      return target.kind === 'none' ? zeroOf(type) : goPointer(target);
    }
    case 'slice':
      return goSlice(type, Array.isArray(json) ? json.map((item) => decodeAs(type.elem, item)) : []);
    case 'map':
      return goMap(
        type,
        new Map(entriesOf(json).map(([key, item]) => [toKey(key, type.key), decodeAs(type.elem, item)])),
      );
    case 'struct':
      return goStruct(
        type,
        type.fields.map((field) => decodeAs(field.type, memberOf(json, field.name))),
      );
    default:
      throw new Error(`no values of type ${type.name}`);
  }
}

function anonymousStruct(pairs: readonly (readonly [string, unknown])[]): Value {
  const values = pairs.map(([, json]) => decodeTyped(json));
  const types = values.map((value): GoType => (value.kind === 'none' ? ANY : value.type));
  const type: StructType = {
    kind: 'struct',
    name: `struct { ${pairs.map(([name], index) => `${name} ${types[index]?.name}`).join('; ')} }`,
    fields: pairs.map(([name], index) => ({ name, type: types[index] ?? ANY, isEmbedded: false })),
    methods: new Map(),
  };
  return goStruct(type, values);
}

/** Decodes data of the model `typed`: JSON with typed values marked by `$type` and `$struct`. */
export function decodeTyped(json: unknown): Value {
  if (Array.isArray(json)) return goList(json.map(decodeTyped));
  if (typeof json !== 'object' || json === null) return json === null ? NONE : goJson(json);
  const typeText = memberOf(json, '$type');
  if (typeof typeText === 'string') return decodeAs(parseType(typeText), memberOf(json, 'v'));
  const pairs = memberOf(json, '$struct');
  if (Array.isArray(pairs)) return anonymousStruct(pairs);
  return goDict(Object.entries(json).map(([key, item]) => [toByteString(key), decodeTyped(item)] as const));
}
