import { toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { type GoType, INT32, INT64, type StructType } from '@/lib/core/gotemplate/values/go-type';
import { type MapKey, NONE, type StructData, type Value } from '@/lib/core/gotemplate/values/go-value';
import {
  goBool,
  goFloat,
  goInt,
  goInterface,
  goMap,
  goNil,
  goPointer,
  goSlice,
  goStruct,
  goUint,
  zeroOf,
} from '@/lib/core/gotemplate/values/make-values';
import { FieldCache } from '@/lib/core/gotemplate/values/struct-data';
import { decodeJson, isJsonObject, type JsonObject } from './decode-json';
import { parseProtoDuration } from './go-duration';
import { descriptorOf, enumNamesOf, enumValue, isOneof, type OneofField } from './mesh-schema';
import { isWrapper } from './well-known-messages';

const SPECIAL_FLOATS: Readonly<Record<string, number>> = {
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Proto JSON may spell a field as in the .proto file; this is the name it has in JSON. */
const jsonName = (key: string) => key.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());

/** Fields of a message, decoded from proto JSON when first read. */
function messageFields(type: StructType, json: JsonObject): StructData {
  const present = Object.entries(json).filter(([, member]) => member !== null && member !== undefined);
  const members = new Map(present.map(([key, member]) => [jsonName(key), member]));
  const read = (index: number) => {
    const field = type.fields[index];
    if (field === undefined) return NONE;
    return isOneof(field)
      ? oneofValue(field, members)
      : decodeProto(field.type, members.get(jsonName(field.json?.name ?? '')));
  };
  return new FieldCache(read, json);
}

function oneofValue({ type, members: choices }: OneofField, members: ReadonlyMap<string, unknown>): Value {
  const set = choices.find(({ field }) => members.has(jsonName(field.json)));
  if (set === undefined) return zeroOf(type);
  const value = decodeProto(set.field.type, members.get(jsonName(set.field.json)));
  const holder = goPointer(goStruct(set.wrapper, [value]));
  return type.kind === 'interface' ? goInterface(holder, type) : holder;
}

function decodeStruct(type: StructType, json: unknown): Value {
  const made = (data: StructData): Value => ({ kind: 'struct', type, data, isAddressable: false });
  if (descriptorOf(type) !== undefined) return made(messageFields(type, isJsonObject(json) ? json : {}));
  if (type.name === 'durationpb.Duration') {
    const duration = parseProtoDuration(String(json)) ?? { seconds: 0n, nanos: 0n };
    return goStruct(type, [goInt(duration.seconds, INT64), goInt(duration.nanos, INT32)]);
  }
  const [wrapped] = type.fields;
  if (isWrapper(type) && wrapped !== undefined) return goStruct(type, [decodeProto(wrapped.type, json)]);
  return decodeJson(type, json);
}

/**
 * Decodes proto JSON into the Go type of a field or message; lenient about what istiod has refused before.
 *
 * Output: messages read their fields when a template asks for them.
 */
export function decodeProto(type: GoType, json: unknown): Value {
  if (json === null || json === undefined) return zeroOf(type);
  if (enumNamesOf(type) !== undefined) return enumValue(type, json);
  switch (type.kind) {
    case 'bool':
      return goBool(json === true || json === 'true', type);
    case 'int':
      return goInt(integerOf(json), type);
    case 'uint':
      return goUint(integerOf(json), type);
    case 'float':
      return goFloat(SPECIAL_FLOATS[String(json)] ?? Number(json), type);
    case 'struct':
      return decodeStruct(type, json);
    case 'pointer': {
      const target = decodeProto(type.elem, json);
      return target.kind === 'none' ? goNil(type) : goPointer(target);
    }
    case 'slice':
      if (!Array.isArray(json)) return decodeJson(type, json);
      return goSlice(
        type,
        json.map((item) => decodeProto(type.elem, item)),
      );
    case 'map': {
      const entries = isJsonObject(json) ? Object.entries(json) : [];
      return goMap(
        type,
        new Map(entries.map(([key, item]): [MapKey, Value] => [toByteString(key), decodeProto(type.elem, item)])),
      );
    }
    default:
      return decodeJson(type, json);
  }
}

function integerOf(json: unknown): bigint {
  if (typeof json === 'bigint') return json;
  const number = Number(json);
  return typeof json === 'string' && /^-?\d+$/.test(json)
    ? BigInt(json)
    : BigInt(Number.isFinite(number) ? Math.trunc(number) : 0);
}
