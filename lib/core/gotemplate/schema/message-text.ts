import { formatFloat } from '@/lib/core/gotemplate/format/format-float';
import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import { type ByteString, compareBytes } from '@/lib/core/gotemplate/values/byte-string';
import type { GoMethod } from '@/lib/core/gotemplate/values/go-type';
import type { StructValue, Value } from '@/lib/core/gotemplate/values/go-value';
import { goString } from '@/lib/core/gotemplate/values/make-values';

export interface TextField {
  /** As the .proto file spells it. */
  readonly name: string;
  /** Of a message; undefined when the field is not set. */
  readonly read: (message: StructValue) => Value | undefined;
}

/** What the text form needs to know of a message and of enums. */
export interface TextSchema {
  readonly fieldsOf: (message: StructValue) => readonly TextField[];
  readonly enumName: (value: Value) => string | undefined;
}

function scalarText(schema: TextSchema, value: Value): ByteString {
  switch (value.kind) {
    case 'string':
      return quoteBytes(value.text);
    case 'bool':
      return String(value.bool);
    case 'int':
    case 'uint':
      return schema.enumName(value) ?? String(value.int);
    case 'float':
      return formatFloat(value.float, 'g', -1, value.type.bits);
    default:
      return '';
  }
}

const isMessage = (value: Value) => value.kind === 'struct' || value.kind === 'pointer';

function named(schema: TextSchema, name: string, value: Value): ByteString {
  const struct = value.kind === 'pointer' ? value.target : value;
  if (struct?.kind === 'struct') return `${name}:{${bodyText(schema, struct)}}`;
  return `${name}:${scalarText(schema, value)}`;
}

function fieldText(schema: TextSchema, name: string, value: Value): readonly ByteString[] {
  if (value.kind === 'slice') return (value.items ?? []).map((item) => named(schema, name, item));
  if (value.kind !== 'map') return [named(schema, name, value)];
  const entries = [...(value.entries ?? [])].map(([key, item]): [string, Value] => [String(key), item]);
  const sorted = entries.sort(([one], [two]) => compareBytes(one, two));
  return sorted.map(([key, item]) => {
    const content = isMessage(item) ? named(schema, 'value', item) : `value:${scalarText(schema, item)}`;
    return `${name}:{key:${quoteBytes(key)} ${content}}`;
  });
}

function bodyText(schema: TextSchema, message: StructValue): ByteString {
  const parts = schema.fieldsOf(message).flatMap(({ name, read }) => {
    const value = read(message);
    return value === undefined ? [] : fieldText(schema, name, value);
  });
  return parts.join(' ');
}

/**
 * `String` of a message: protobuf's text form on one line.
 *
 * Go puts one blank or two between fields, by the build of the program; here it is always one.
 */
export const messageString = (schema: TextSchema): GoMethod => ({
  params: [],
  isVariadic: false,
  onPointer: true,
  call: (receiver) => {
    const message = receiver.kind === 'pointer' ? receiver.target : receiver;
    return goString(message?.kind === 'struct' ? bodyText(schema, message) : '<nil>');
  },
});
