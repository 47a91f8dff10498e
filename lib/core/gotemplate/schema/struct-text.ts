import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { compareBytes, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { GoField, GoMethod } from '@/lib/core/gotemplate/values/go-type';
import type { StructValue, Value } from '@/lib/core/gotemplate/values/go-value';
import { goString } from '@/lib/core/gotemplate/values/make-values';

const shortName = (name: string) => name.slice(name.lastIndexOf('.') + 1);

/** A basic value as `%v` prints it. */
function basicText(value: Value): ByteString {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'bool':
      return String(value.bool);
    case 'int':
    case 'uint':
      return String(value.int);
    case 'slice':
      return `[${(value.items ?? []).map(basicText).join(' ')}]`;
    case 'struct':
      return opaqueFields(value);
    default:
      return '';
  }
}

/** Types that keep their JSON data print it; a time prints as Go's. */
function opaqueText({ type, data }: StructValue): ByteString {
  const json = data.json ?? type.codec?.zeroJson;
  if (type.name !== 'v1.Time') return json === undefined || json === null ? '' : String(json);
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/.exec(String(json));
  return match === null ? '0001-01-01 00:00:00 +0000 UTC' : `${match[1]} ${match[2]} +0000 UTC`;
}

/** An int-or-string inside another struct prints its three Go fields. */
function opaqueFields(struct: StructValue): ByteString {
  const { json } = struct.data;
  if (struct.type.name !== 'intstr.IntOrString') return opaqueText(struct);
  return typeof json === 'string' ? `{1 0 ${toByteString(json)}}` : `{0 ${Number(json ?? 0)} }`;
}

function pointerText(target: Value | undefined, isTime: boolean): ByteString {
  if (target === undefined) return isTime ? '<nil>' : 'nil';
  if (target.kind !== 'struct') return `*${basicText(target)}`;
  return target.type.codec === undefined ? `&${structText(target)}` : opaqueFields(target);
}

function fieldText(field: GoField, value: Value): ByteString {
  switch (value.kind) {
    case 'struct':
      return value.type.codec === undefined ? structText(value) : opaqueFields(value);
    case 'pointer':
      return pointerText(value.target, value.type.elem.name === 'v1.Time');
    case 'map': {
      const entries = [...(value.entries ?? [])].map(([key, item]): [string, Value] => [String(key), item]);
      const sorted = entries.sort(([one], [two]) => compareBytes(one, two));
      const name = field.type.name.startsWith('map[') ? field.type.name : shortName(field.type.name);
      return `${name}{${sorted.map(([key, item]) => `${key}: ${basicText(item)},`).join('')}}`;
    }
    case 'slice': {
      if (value.type.elem.kind !== 'struct') return basicText(value);
      const items = (value.items ?? []).map((item) => (item.kind === 'struct' ? `${structText(item)},` : ''));
      return `[]${shortName(value.type.elem.name)}{${items.join('')}}`;
    }
    default:
      return basicText(value);
  }
}

function structText(struct: StructValue): ByteString {
  const numbered = struct.type.fields.map((field, index) => ({ field, index }));
  const known = numbered.filter(({ field }) => field.number !== undefined);
  known.sort((one, two) => (one.field.number ?? 0) - (two.field.number ?? 0));
  const parts = known.map(({ field, index }) => `${field.name}:${fieldText(field, struct.data.field(index))},`);
  return `${shortName(struct.type.name)}{${parts.join('')}}`;
}

/** `String` as the Kubernetes API's generated code has it: fields by their protobuf numbers. Source: k8s.io/api, generated.pb.go. */
export const GENERATED_STRING: GoMethod = {
  params: [],
  isVariadic: false,
  onPointer: true,
  call: (receiver) => {
    const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
    return goString(struct?.kind === 'struct' ? `&${structText(struct)}` : 'nil');
  },
};

/** `String` of types that keep their JSON data. */
export const opaqueString = (onPointer: boolean): GoMethod => ({
  params: [],
  isVariadic: false,
  onPointer,
  call: (receiver) => {
    const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
    return goString(struct?.kind === 'struct' ? opaqueText(struct) : '');
  },
});
