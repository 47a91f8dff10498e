import type { Value } from './go-value';

interface TypeBase {
  /** As Go prints it: `map[string]interface {}`. Two types are the same when they are the same object. */
  readonly name: string;
  readonly methods: ReadonlyMap<string, GoMethod>;
}

export interface BasicType extends TypeBase {
  readonly kind: 'bool' | 'string' | 'int' | 'uint' | 'float' | 'complex';
  readonly bits: number;
}
export interface MapType extends TypeBase {
  readonly kind: 'map';
  readonly key: GoType;
  readonly elem: GoType;
}
export interface SliceType extends TypeBase {
  readonly kind: 'slice';
  readonly elem: GoType;
}
export interface PointerType extends TypeBase {
  readonly kind: 'pointer';
  readonly elem: GoType;
}
export interface StructType extends TypeBase {
  readonly kind: 'struct';
  readonly fields: readonly GoField[];
  /** For types that keep their JSON data as it is. */
  readonly codec?: StructCodec;
}
export interface InterfaceType extends TypeBase {
  readonly kind: 'interface';
  /** False for `any`; an interface with methods stays an interface at the end of a pipeline. */
  readonly hasMethods: boolean;
  /** Which types satisfy an interface with methods. */
  readonly accepts?: (type: GoType) => boolean;
}
export interface FuncType extends TypeBase {
  readonly kind: 'func';
}
/** The parameter type of built-ins that take any value as it is, as `reflect.Value` does in Go. */
export interface AnyValueType extends TypeBase {
  readonly kind: 'value';
}

export type GoType =
  | BasicType
  | MapType
  | SliceType
  | PointerType
  | StructType
  | InterfaceType
  | FuncType
  | AnyValueType;

export interface GoField {
  /** The Go name; a lower-case first letter makes it unexported. */
  readonly name: string;
  readonly type: GoType;
  readonly isEmbedded: boolean;
  /** The protobuf number of a Kubernetes type's field. */
  readonly number?: number;
  /** The JSON tag; absent for fields that JSON leaves out. */
  readonly json?: FieldTag;
}

export interface FieldTag {
  readonly name: string;
  readonly omitEmpty: boolean;
  /** Left out when it has no JSON data at all. */
  readonly omitZero?: boolean;
  /** Written as part of the object around it. */
  readonly isInline: boolean;
}

/** JSON of a type that does not come from its fields. */
export interface StructCodec {
  /** What stands in JSON for the zero value; undefined JSON data means zero. */
  readonly zeroJson: unknown;
}

export interface GoMethod {
  readonly params: readonly GoType[];
  readonly isVariadic: boolean;
  /** True when only addressable values and pointers have the method. */
  readonly onPointer: boolean;
  /** Go's complaint about the result types, for methods that a template may not call. */
  readonly badSignature?: string;
  /** Gets the receiver as a struct or, for a pointer method, as the pointer (which may be nil). */
  readonly call: (receiver: Value, args: readonly Value[]) => Value;
}

export const NO_METHODS: ReadonlyMap<string, GoMethod> = new Map();

const basic = (kind: BasicType['kind'], name: string, bits = 64): BasicType => ({
  kind,
  name,
  bits,
  methods: NO_METHODS,
});

export const BOOL = basic('bool', 'bool');
export const STRING = basic('string', 'string');
export const INT = basic('int', 'int');
export const INT8 = basic('int', 'int8', 8);
export const INT32 = basic('int', 'int32', 32);
export const INT64 = basic('int', 'int64');
export const UINT = basic('uint', 'uint');
export const UINT8 = basic('uint', 'uint8', 8);
export const UINT32 = basic('uint', 'uint32', 32);
export const UINT64 = basic('uint', 'uint64');
export const FLOAT32 = basic('float', 'float32', 32);
export const FLOAT64 = basic('float', 'float64');
export const COMPLEX128 = basic('complex', 'complex128', 128);
export const ANY: InterfaceType = { kind: 'interface', name: 'interface {}', hasMethods: false, methods: NO_METHODS };
export const ANY_VALUE: AnyValueType = { kind: 'value', name: 'reflect.Value', methods: NO_METHODS };

/** A named basic type, such as an enum or a named string, with its methods. */
export function namedType(base: BasicType, name: string, methods = NO_METHODS): BasicType {
  return { ...base, name, methods };
}

const slices = new WeakMap<GoType, SliceType>();
const pointers = new WeakMap<GoType, PointerType>();
const maps = new WeakMap<GoType, WeakMap<GoType, MapType>>();

function remember<K extends WeakKey, T>(known: WeakMap<K, T>, key: K, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** The slice type of an element type; the same object every time. */
export function sliceOf(elem: GoType): SliceType {
  return remember(slices, elem, () => ({ kind: 'slice', name: `[]${elem.name}`, elem, methods: NO_METHODS }));
}

/** The pointer type to a type; the same object every time. */
export function pointerTo(elem: GoType): PointerType {
  return remember(pointers, elem, () => ({ kind: 'pointer', name: `*${elem.name}`, elem, methods: NO_METHODS }));
}

/** The map type of a key and an element type; the same object every time. */
export function mapOf(key: GoType, elem: GoType): MapType {
  const ofKey = remember(maps, key, () => new WeakMap<GoType, MapType>());
  return remember(ofKey, elem, () => ({
    kind: 'map',
    name: `map[${key.name}]${elem.name}`,
    key,
    elem,
    methods: NO_METHODS,
  }));
}

export const STRING_MAP = mapOf(STRING, STRING);
export const ANY_MAP = mapOf(STRING, ANY);
export const ANY_LIST = sliceOf(ANY);
export const STRING_LIST = sliceOf(STRING);
export const BYTES = sliceOf(UINT8);
