import {
  BOOL,
  FLOAT32,
  FLOAT64,
  type GoField,
  type GoMethod,
  type GoType,
  INT32,
  INT64,
  type InterfaceType,
  mapOf,
  NO_METHODS,
  namedType,
  pointerTo,
  STRING,
  type StructType,
  sliceOf,
  UINT8,
  UINT32,
  UINT64,
} from '@/lib/core/gotemplate/values/go-type';
import {
  type IntValue,
  isTrue,
  type StructValue,
  unwrapInterface,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';
import { goInt, goText, zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { MESH_TYPES } from './mesh-types.data';
import { messageString, type TextField } from './message-text';
import { DescribedStruct } from './type-table';
import { PLAIN_DURATION, wellKnownStruct } from './well-known-messages';

export interface MessageField {
  readonly json: string;
  readonly goName: string;
  readonly type: GoType;
  /** The Go field of the oneof that the field is a member of. */
  readonly oneof?: string;
}

export interface MessageDescriptor {
  /** In the order of the .proto file. */
  readonly fields: readonly MessageField[];
}

const SCALARS: Readonly<Record<string, GoType>> = {
  string: STRING,
  bool: BOOL,
  int32: INT32,
  int64: INT64,
  uint32: UINT32,
  uint64: UINT64,
  double: FLOAT64,
  float: FLOAT32,
  bytes: sliceOf(UINT8),
};

const descriptors = new WeakMap<StructType, MessageDescriptor>();
const enumNames = new WeakMap<GoType, ReadonlyMap<bigint, string>>();

/** What the .proto file says of a message type. */
export const descriptorOf = (type: GoType): MessageDescriptor | undefined =>
  type.kind === 'struct' ? descriptors.get(type) : undefined;

/** Names of an enum type's values by number. */
export const enumNamesOf = (type: GoType): ReadonlyMap<bigint, string> | undefined => enumNames.get(type);

/** The interface that `protoToJSON` takes: pointers to messages. */
export const PROTO_MESSAGE: InterfaceType = {
  kind: 'interface',
  name: 'protoreflect.ProtoMessage',
  hasMethods: true,
  methods: NO_METHODS,
  accepts: (type) => type.kind === 'pointer' && isMessage(type.elem),
};

const isMessage = (type: GoType) =>
  descriptorOf(type) !== undefined ||
  (type.kind === 'struct' && /^(?:durationpb|wrapperspb|structpb)\./.test(type.name));

function makeEnum(name: string, line: string): GoType {
  const pairs = line.split('|').map((part) => part.split(' '));
  const names = new Map(pairs.map(([valueName = '', number = '0']): [bigint, string] => [BigInt(number), valueName]));
  const nameOf = (value: Value) => (value.kind === 'int' ? (names.get(value.int) ?? String(value.int)) : '');
  const methods = new Map<string, GoMethod>([
    ['String', plainMethod((value) => goText(nameOf(value)))],
    ['Number', plainMethod((value) => goInt(value.kind === 'int' ? value.int : 0n, ENUM_NUMBER))],
  ]);
  const type = namedType(INT32, name, methods);
  enumNames.set(type, names);
  return type;
}

const ENUM_NUMBER = namedType(INT32, 'protoreflect.EnumNumber');
const plainMethod = (call: (receiver: Value) => Value): GoMethod => ({
  params: [],
  isVariadic: false,
  onPointer: false,
  call,
});

/** Go types of messages; those of Istio 1.6 differ in one field. */
export class MeshTypes {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #types = new Map<string, GoType>();

  constructor(edit: (name: string, line: string) => string) {
    const lines = MESH_TYPES.split('\n').filter((line) => line.includes(': '));
    this.#lines = new Map(
      lines.map((line) => {
        const name = line.slice(0, line.indexOf(': '));
        return [name, edit(name, line.slice(line.indexOf(': ') + 2))];
      }),
    );
  }

  /** A message type by its Go name. */
  message(name: string): StructType {
    const type = this.#named(name);
    if (type.kind === 'struct') return type;
    throw new Error(`${name} is no message`);
  }

  #named(name: string): GoType {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const line = this.#lines.get(name) ?? '';
    const made = line.startsWith('#')
      ? makeEnum(name, line.slice(1))
      : line.startsWith('!')
        ? withText(wellKnownStruct(name))
        : this.#makeMessage(name, line);
    this.#types.set(name, made);
    return made;
  }

  #type(text: string): GoType {
    if (text.startsWith('[]')) return sliceOf(this.#type(text.slice(2)));
    if (text.startsWith('*')) return pointerTo(this.#named(text.slice(1)));
    if (text.startsWith('#')) return this.#named(text.slice(1));
    if (!text.startsWith('{')) return SCALARS[text] ?? STRING;
    const comma = text.indexOf(',');
    return mapOf(this.#type(text.slice(1, comma)), this.#type(text.slice(comma + 1, -1)));
  }

  #makeMessage(name: string, line: string): StructType {
    const parts = line.split('|').filter((part) => part !== '');
    const lazily = {
      fields: () => this.#messageFields(parts),
      goFields: () => goFields(name, this.#messageFields(parts)),
      methods: () => getters(this.#messageFields(parts)),
    };
    const type = new DescribedStruct(name, lazily.goFields, lazily.methods);
    let fields: readonly MessageField[] | undefined;
    descriptors.set(type, {
      get fields() {
        fields ??= lazily.fields();
        return fields;
      },
    });
    return type;
  }

  #messageFields(parts: readonly string[]): MessageField[] {
    return parts.map((part) => {
      const [json = '', goName = '', typeText = '', oneof] = part.split(' ');
      const field = { json, goName, type: this.#type(typeText) };
      return oneof === undefined || oneof === '?' ? field : { ...field, oneof };
    });
  }
}

function oneofType(message: string, oneof: string): InterfaceType {
  const dot = message.indexOf('.');
  const name = `${message.slice(0, dot)}.is${message.slice(dot + 1)}_${oneof}`;
  return { kind: 'interface', name, hasMethods: true, methods: NO_METHODS };
}

function wrapperType(message: string, field: MessageField): StructType {
  const type: StructType = {
    kind: 'struct',
    name: `${message}_${field.goName}`,
    fields: [{ name: field.goName, type: field.type, isEmbedded: false }],
    methods: NO_METHODS,
  };
  return type;
}

export interface OneofField extends GoField {
  /** The members, each with the struct that Go wraps it in. */
  readonly members: readonly { readonly field: MessageField; readonly wrapper: StructType }[];
}

/** Whether a Go field stands for a oneof. */
export const isOneof = (field: GoField): field is OneofField => 'members' in field;

function goFields(message: string, fields: readonly MessageField[]): GoField[] {
  const made: GoField[] = [];
  for (const field of fields) {
    const { oneof } = field;
    if (oneof === undefined) {
      const json = { name: field.json, omitEmpty: true, isInline: false };
      made.push({ name: field.goName, type: field.type, isEmbedded: false, json });
    } else if (!made.some((known) => known.name === oneof)) {
      const members = fields
        .filter((member) => member.oneof === oneof)
        .map((member) => ({ field: member, wrapper: wrapperType(message, member) }));
      const oneofField: OneofField = { name: oneof, type: oneofType(message, oneof), isEmbedded: false, members };
      made.push(oneofField);
    }
  }
  return made;
}

/** A field of a message value, members of oneofs included; zero where it is not set. */
export function messageField(message: Value, field: MessageField): Value {
  const struct = message.kind === 'pointer' ? message.target : message;
  if (struct?.kind !== 'struct') return zeroOf(field.type);
  const goName = field.oneof ?? field.goName;
  const value = struct.data.field(struct.type.fields.findIndex((known) => known.name === goName));
  if (field.oneof === undefined) return value;
  const wrapper = unwrapInterface(value);
  const member = wrapper.kind === 'pointer' ? wrapper.target : undefined;
  if (member?.kind !== 'struct' || member.type.fields[0]?.name !== field.goName) return zeroOf(field.type);
  return member.data.field(0);
}

/** Whether a field is set; members of a oneof may be set to their zero value. */
export function isMemberSet(message: Value, field: MessageField): boolean {
  const struct = message.kind === 'pointer' ? message.target : message;
  if (struct?.kind !== 'struct' || field.oneof === undefined) return false;
  const value = struct.data.field(struct.type.fields.findIndex((known) => known.name === field.oneof));
  const wrapper = unwrapInterface(value);
  return wrapper.kind === 'pointer' && wrapper.type.elem.kind === 'struct'
    ? wrapper.type.elem.fields[0]?.name === field.goName
    : false;
}

/** `meshId` is `mesh_id` in the .proto file. */
const protoName = (json: string) => json.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function isSet(message: StructValue, field: MessageField, value: Value): boolean {
  return field.oneof === undefined ? !isZeroField(value) : isMemberSet(message, field);
}

/** Whether a field that is no member of a oneof counts as not set. */
export function isZeroField(value: Value): boolean {
  switch (value.kind) {
    case 'string':
      return value.text === '';
    case 'float':
      return Object.is(value.float, 0);
    case 'struct':
      return false;
    default:
      return !isTrue(value);
  }
}

function textFields(message: StructValue): readonly TextField[] {
  const fields = descriptors.get(message.type)?.fields;
  if (fields === undefined) return wellKnownTextFields(message);
  return fields.map((field) => ({
    name: protoName(field.json),
    read: (struct) => {
      const value = messageField(struct, field);
      return isSet(struct, field, value) ? value : undefined;
    },
  }));
}

/** Wrappers and durations print their fields like any message. */
function wellKnownTextFields({ type }: StructValue): readonly TextField[] {
  return type.fields.map((field, index) => ({
    name: field.name.toLowerCase(),
    read: (struct) => {
      const value = struct.data.field(index);
      return isZeroField(value) ? undefined : value;
    },
  }));
}

const MESSAGE_STRING = messageString({
  fieldsOf: textFields,
  enumName: (value) => (value.kind === 'int' ? enumNames.get(value.type)?.get(value.int) : undefined),
});

const withTexts = new WeakMap<StructType, StructType>();

/** Adds the text form, which well-known messages share with all others. */
function withText(type: StructType): StructType {
  if (type.codec !== undefined) return type;
  const known = withTexts.get(type);
  if (known !== undefined) return known;
  const made: StructType = { ...type, methods: new Map([...type.methods, ['String', MESSAGE_STRING]]) };
  withTexts.set(type, made);
  return made;
}

/** `google.protobuf.Duration`. */
export const DURATION = withText(PLAIN_DURATION);

function getters(fields: readonly MessageField[]): ReadonlyMap<string, GoMethod> {
  const methods = new Map<string, GoMethod>();
  for (const field of fields) {
    const call = (receiver: Value) => messageField(receiver, field);
    methods.set(`Get${field.goName}`, { params: [], isVariadic: false, onPointer: true, call });
  }
  methods.set('String', MESSAGE_STRING);
  return methods;
}

/** The number of an enum value as proto JSON gives it, by name or number. */
export function enumValue(type: GoType, json: unknown): IntValue {
  const basic = type.kind === 'int' ? type : INT32;
  if (typeof json === 'number') return goInt(Math.trunc(json), basic);
  const names = enumNamesOf(type) ?? new Map<bigint, string>();
  const found = [...names].find(([, name]) => name === json);
  return goInt(found?.[0] ?? 0n, basic);
}
