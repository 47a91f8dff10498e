import type { ByteString } from './byte-string';
import type {
  BasicType,
  FuncType,
  GoType,
  InterfaceType,
  MapType,
  PointerType,
  SliceType,
  StructType,
} from './go-type';

interface Addressed {
  /** Reached through a pointer or a slice: then it also has the methods of its pointer. */
  readonly isAddressable: boolean;
}

/** No value at all: an absent key, the result of `nil`, data that was never set. */
export interface NoneValue {
  readonly kind: 'none';
}
export interface BoolValue extends Addressed {
  readonly kind: 'bool';
  readonly type: BasicType;
  readonly bool: boolean;
}
export interface StringValue extends Addressed {
  readonly kind: 'string';
  readonly type: BasicType;
  readonly text: ByteString;
}
export interface IntValue extends Addressed {
  readonly kind: 'int';
  readonly type: BasicType;
  readonly int: bigint;
}
export interface UintValue extends Addressed {
  readonly kind: 'uint';
  readonly type: BasicType;
  readonly int: bigint;
}
export interface FloatValue extends Addressed {
  readonly kind: 'float';
  readonly type: BasicType;
  readonly float: number;
}
export interface ComplexValue extends Addressed {
  readonly kind: 'complex';
  readonly type: BasicType;
  readonly real: number;
  readonly imaginary: number;
}
export type MapKey = string | bigint | number | boolean;
export interface MapValue extends Addressed {
  readonly kind: 'map';
  readonly type: MapType;
  /** Absent for a nil map. Mutable, because sprig's `set` and `merge` change their argument. */
  readonly entries: Map<MapKey, Value> | undefined;
}
export interface SliceValue extends Addressed {
  readonly kind: 'slice';
  readonly type: SliceType;
  /** Absent for a nil slice. */
  readonly items: readonly Value[] | undefined;
}
export interface StructData {
  readonly field: (index: number) => Value;
  /** The same field of a struct that was reached through a pointer or slice. */
  readonly addressableField: (index: number) => Value;
  /** The JSON data of a type whose fields are not for templates, such as a quantity. */
  readonly json?: unknown;
}
export interface StructValue extends Addressed {
  readonly kind: 'struct';
  readonly type: StructType;
  readonly data: StructData;
}
export interface PointerValue extends Addressed {
  readonly kind: 'pointer';
  readonly type: PointerType;
  /** Absent for a nil pointer. */
  readonly target: Value | undefined;
}
/** What was read from a place of an interface type, and has not passed the end of a pipeline. */
export interface InterfaceValue extends Addressed {
  readonly kind: 'interface';
  readonly type: InterfaceType;
  readonly inner: Value | undefined;
}
export interface FuncValue extends Addressed {
  readonly kind: 'func';
  readonly type: FuncType;
}

export type TypedValue =
  | BoolValue
  | StringValue
  | IntValue
  | UintValue
  | FloatValue
  | ComplexValue
  | MapValue
  | SliceValue
  | StructValue
  | PointerValue
  | InterfaceValue
  | FuncValue;

/** A value in a template, as `reflect.Value` is in Go: a payload with its static type. */
export type Value = NoneValue | TypedValue;

export const NONE: NoneValue = { kind: 'none' };

/** The static type's name; none has no type. */
export function typeName(value: Value): string {
  return value.kind === 'none' ? '<nil>' : value.type.name;
}

/** The same value as read through a pointer or slice. */
export function asAddressable<T extends TypedValue>(value: T): T {
  return value.isAddressable ? value : { ...value, isAddressable: true };
}

/** The same value as read from a map, an interface or a plain struct. */
export function asCopy<T extends TypedValue>(value: T): T {
  return value.isAddressable ? { ...value, isAddressable: false } : value;
}

/** The content of an interface slot; a null slot has none. Other values are returned as they are. */
export function unwrapInterface(value: Value): Value {
  return value.kind === 'interface' ? (value.inner ?? NONE) : value;
}

export interface Followed {
  readonly value: Value;
  /** The chain ended in a nil pointer or a null slot, which `value` then is. */
  readonly isNil: boolean;
}

/** Follows pointers and interfaces to what they lead to. */
export function follow(start: Value): Followed {
  let value = start;
  while (value.kind === 'pointer' || value.kind === 'interface') {
    const next = value.kind === 'pointer' ? value.target : value.inner;
    if (next === undefined) return { value, isNil: true };
    value = next;
  }
  return { value, isNil: false };
}

/** Whether the value is none or the nil of its type. */
export function isNilValue(value: Value): boolean {
  switch (value.kind) {
    case 'none':
      return true;
    case 'map':
      return value.entries === undefined;
    case 'slice':
      return value.items === undefined;
    case 'pointer':
      return value.target === undefined;
    case 'interface':
      return value.inner === undefined;
    default:
      return false;
  }
}

/** What encoding/json's omitempty leaves out; structs never. Source: encoding/json, isEmptyValue. */
export function isEmptyValue(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
      return !value.bool;
    case 'string':
      return value.text === '';
    case 'int':
    case 'uint':
      return value.int === 0n;
    case 'float':
      return value.float === 0;
    case 'map':
      return (value.entries?.size ?? 0) === 0;
    case 'slice':
      return (value.items?.length ?? 0) === 0;
    default:
      return isNilValue(value);
  }
}

/** Go's test of truth, shared by if, with, and, or, not. Source: text/template, exec.go, isTrue. */
export function isTrue(start: Value): boolean {
  const value = unwrapInterface(start);
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.bool;
    case 'string':
      return value.text.length > 0;
    case 'int':
    case 'uint':
      return value.int !== 0n;
    case 'float':
      return value.float !== 0;
    case 'complex':
      return value.real !== 0 || value.imaginary !== 0;
    case 'map':
      return value.entries !== undefined && value.entries.size > 0;
    case 'slice':
      return value.items !== undefined && value.items.length > 0;
    case 'pointer':
      return value.target !== undefined;
    case 'interface':
      return value.inner !== undefined;
    case 'struct':
    case 'func':
      return true;
  }
}

/** Whether a type has a nil. */
export function canBeNil(type: GoType): boolean {
  return ['map', 'slice', 'pointer', 'interface', 'func', 'value'].includes(type.kind);
}
