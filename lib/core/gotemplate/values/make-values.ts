import { type ByteString, toByteString } from './byte-string';
import {
  ANY,
  ANY_LIST,
  ANY_MAP,
  type BasicType,
  BOOL,
  COMPLEX128,
  FLOAT64,
  type GoType,
  INT,
  type InterfaceType,
  type MapType,
  type PointerType,
  pointerTo,
  type SliceType,
  STRING,
  STRING_LIST,
  STRING_MAP,
  type StructType,
} from './go-type';
import {
  asAddressable,
  asCopy,
  type BoolValue,
  type FloatValue,
  type InterfaceValue,
  type IntValue,
  type MapKey,
  type MapValue,
  NONE,
  type PointerValue,
  type SliceValue,
  type StringValue,
  type StructValue,
  type TypedValue,
  type UintValue,
  type Value,
} from './go-value';
import { FieldCache } from './struct-data';

const isAddressable = false;
const TRUE: BoolValue = { kind: 'bool', type: BOOL, bool: true, isAddressable };
const FALSE: BoolValue = { kind: 'bool', type: BOOL, bool: false, isAddressable };

/** A Go bool. */
export function goBool(bool: boolean, type = BOOL): BoolValue {
  if (type !== BOOL) return { kind: 'bool', type, bool, isAddressable };
  return bool ? TRUE : FALSE;
}

/** A Go string of bytes; for JavaScript text use goText. */
export function goString(text: ByteString, type = STRING): StringValue {
  return { kind: 'string', type, text, isAddressable };
}

/** A Go string of JavaScript text, encoded as UTF-8. */
export function goText(text: string, type = STRING): StringValue {
  return goString(toByteString(text), type);
}

/** A signed integer; wraps to the size of its type. */
export function goInt(int: bigint | number, type = INT): IntValue {
  return { kind: 'int', type, int: BigInt.asIntN(type.bits, BigInt(int)), isAddressable };
}

/** An unsigned integer; wraps to the size of its type. */
export function goUint(int: bigint | number, type: BasicType): UintValue {
  return { kind: 'uint', type, int: BigInt.asUintN(type.bits, BigInt(int)), isAddressable };
}

/** A float; rounded when its type has 32 bits. */
export function goFloat(float: number, type = FLOAT64): FloatValue {
  return { kind: 'float', type, float: type.bits === 32 ? Math.fround(float) : float, isAddressable };
}

/** A complex number. */
export function goComplex(real: number, imaginary: number): Value {
  return { kind: 'complex', type: COMPLEX128, real, imaginary, isAddressable };
}

/** A value in an interface slot; none gives a null slot. */
export function goInterface(inner: Value, type: InterfaceType = ANY): InterfaceValue {
  if (inner.kind === 'none') return { kind: 'interface', type, inner: undefined, isAddressable };
  if (inner.kind === 'interface') return { kind: 'interface', type, inner: inner.inner, isAddressable };
  return { kind: 'interface', type, inner: asCopy(inner), isAddressable };
}

/** A map; undefined entries give a nil map. */
export function goMap(type: MapType, entries: Map<MapKey, Value> | undefined): MapValue {
  return { kind: 'map', type, entries, isAddressable };
}

/** A slice; undefined items give a nil slice. */
export function goSlice(type: SliceType, items: readonly Value[] | undefined): SliceValue {
  return { kind: 'slice', type, items, isAddressable };
}

/** A map[string]string of byte strings. */
export function goStringMap(entries: Iterable<readonly [ByteString, ByteString]> | undefined): MapValue {
  if (entries === undefined) return goMap(STRING_MAP, undefined);
  const made = new Map<MapKey, Value>();
  for (const [key, text] of entries) made.set(key, goString(text));
  return goMap(STRING_MAP, made);
}

/** A []string of byte strings. */
export function goStringList(texts: readonly ByteString[]): SliceValue {
  return goSlice(
    STRING_LIST,
    texts.map((text) => goString(text)),
  );
}

/** A []interface{}; each item goes into an interface slot. */
export function goList(items: readonly Value[]): SliceValue {
  return goSlice(
    ANY_LIST,
    items.map((item) => goInterface(item)),
  );
}

/** A map[string]interface{}; each value goes into an interface slot. */
export function goDict(entries: Iterable<readonly [ByteString, Value]>): MapValue {
  const made = new Map<MapKey, Value>();
  for (const [key, value] of entries) made.set(key, goInterface(value));
  return goMap(ANY_MAP, made);
}

/** A pointer to a value. */
export function goPointer(target: TypedValue): PointerValue {
  return { kind: 'pointer', type: pointerTo(target.type), target: asAddressable(target), isAddressable };
}

/** A nil pointer. */
export function goNil(type: PointerType): PointerValue {
  return { kind: 'pointer', type, target: undefined, isAddressable };
}

/** A struct of ready fields, in the order of its type; missing ones are zero. */
export function goStruct(type: StructType, fields: readonly (Value | undefined)[]): StructValue {
  const data = new FieldCache((index) => {
    const field = type.fields[index];
    return fields[index] ?? (field === undefined ? NONE : zeroOf(field.type));
  });
  return { kind: 'struct', type, data, isAddressable };
}

/** The zero value of a type. */
export function zeroOf(type: GoType): Value {
  switch (type.kind) {
    case 'bool':
      return goBool(false, type);
    case 'string':
      return goString('', type);
    case 'int':
      return goInt(0n, type);
    case 'uint':
      return goUint(0n, type);
    case 'float':
      return goFloat(0, type);
    case 'complex':
      return goComplex(0, 0);
    case 'map':
      return goMap(type, undefined);
    case 'slice':
      return goSlice(type, undefined);
    case 'pointer':
      return goNil(type);
    case 'interface':
      return { kind: 'interface', type, inner: undefined, isAddressable };
    case 'struct':
      return goStruct(type, []);
    case 'func':
      return { kind: 'func', type, isAddressable };
    case 'value':
      return NONE;
  }
}

/**
 * Decodes JSON data as Go's encoding/json decodes into `any`: objects, lists, float64, string, bool, null slots inside containers.
 * Input: what JSON.parse returns; undefined members are left out.
 */
export function goJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
      return goText(json);
    case 'number':
      return goFloat(json);
    case 'bigint':
      return goFloat(Number(json));
    case 'boolean':
      return goBool(json);
    default:
      break;
  }
  if (Array.isArray(json)) return goList(json.map(goJson));
  if (typeof json !== 'object' || json === null) return NONE;
  const members = Object.entries(json).filter(([, member]) => member !== undefined);
  return goDict(members.map(([key, member]) => [toByteString(key), goJson(member)] as const));
}
