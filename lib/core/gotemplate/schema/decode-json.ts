import { decodeBase64 } from '@/lib/core/gotemplate/values/base64';
import { toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { type GoType, type SliceType, type StructType, UINT8 } from '@/lib/core/gotemplate/values/go-type';
import type { MapKey, StructData, Value } from '@/lib/core/gotemplate/values/go-value';
import { NONE } from '@/lib/core/gotemplate/values/go-value';
import {
  goBool,
  goFloat,
  goInt,
  goInterface,
  goJson,
  goMap,
  goPointer,
  goSlice,
  goText,
  goUint,
  zeroOf,
} from '@/lib/core/gotemplate/values/make-values';
import { FieldCache } from '@/lib/core/gotemplate/values/struct-data';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether JSON data is an object. */
export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Fields of a struct, decoded from a JSON object when first read. */
function jsonFields(type: StructType, json: unknown): StructData {
  const object = isJsonObject(json) ? json : {};
  const read = (index: number) => {
    const field = type.fields[index];
    if (field === undefined) return NONE;
    return decodeJson(field.type, field.json?.isInline === true ? object : object[field.json?.name ?? '']);
  };
  return new FieldCache(read, json);
}

function decodeInteger(json: unknown): bigint {
  if (typeof json === 'bigint') return json;
  if (typeof json === 'number' && Number.isFinite(json)) return BigInt(Math.trunc(json));
  return typeof json === 'string' && /^-?\d+$/.test(json) ? BigInt(json) : 0n;
}

function decodeSlice(type: SliceType, json: unknown): Value {
  if (type.elem === UINT8 && typeof json === 'string') {
    const bytes = decodeBase64(json);
    return goSlice(type, bytes.ok ? [...bytes.value].map((byte) => goUint(byte.charCodeAt(0), UINT8)) : []);
  }
  return Array.isArray(json)
    ? goSlice(
        type,
        json.map((item) => decodeJson(type.elem, item)),
      )
    : zeroOf(type);
}

/**
 * Decodes JSON data as Go decodes it into a type: what is absent, null or of the wrong kind is the zero value.
 *
 * Output: structs read their fields when a template asks for them.
 */
export function decodeJson(type: GoType, json: unknown): Value {
  switch (type.kind) {
    case 'struct':
      return { kind: 'struct', type, data: jsonFields(type, json), isAddressable: false };
    case 'interface':
      return goInterface(goJson(json), type);
    default:
      return json === null || json === undefined ? zeroOf(type) : decodePresent(type, json);
  }
}

function decodePresent(type: GoType, json: unknown): Value {
  switch (type.kind) {
    case 'string':
      return typeof json === 'string' ? goText(json, type) : zeroOf(type);
    case 'bool':
      return goBool(json === true, type);
    case 'int':
      return goInt(decodeInteger(json), type);
    case 'uint':
      return goUint(decodeInteger(json), type);
    case 'float':
      return goFloat(Number(json), type);
    case 'pointer': {
      const target = decodeJson(type.elem, json);
      return target.kind === 'none' ? zeroOf(type) : goPointer(target);
    }
    case 'slice':
      return decodeSlice(type, json);
    case 'map': {
      if (!isJsonObject(json)) return zeroOf(type);
      const entries = Object.entries(json).filter(([, item]) => item !== undefined);
      return goMap(
        type,
        new Map(entries.map(([key, item]): [MapKey, Value] => [toByteString(key), decodeJson(type.elem, item)])),
      );
    }
    default:
      return zeroOf(type);
  }
}
