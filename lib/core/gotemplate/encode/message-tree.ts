import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { bytesOf } from '@/lib/core/gotemplate/format/printer';
import {
  descriptorOf,
  enumNamesOf,
  isMemberSet,
  isZeroField,
  type MessageField,
  messageField,
} from '@/lib/core/gotemplate/schema/mesh-schema';
import { isWrapper, nanosecondsOf } from '@/lib/core/gotemplate/schema/well-known-messages';
import { encodeBase64 } from '@/lib/core/gotemplate/values/base64';
import { compareBytes } from '@/lib/core/gotemplate/values/byte-string';
import type { StructValue, Value } from '@/lib/core/gotemplate/values/go-value';
import { floatText, type JsonMember, type JsonTree, NULL_TREE, rawTree } from './json-tree';

const text = (content: string): JsonTree => ({ kind: 'string', text: content });

/** `1.500s`: no, three, six or nine decimals. */
function durationText(duration: Value): string {
  const total = nanosecondsOf(duration);
  const size = total < 0n ? -total : total;
  const fraction = (size % 1_000_000_000n).toString().padStart(9, '0');
  const decimals = [0, 3, 6, 9].find((count) => /^0*$/.test(fraction.slice(count))) ?? 9;
  return `${total < 0n ? '-' : ''}${size / 1_000_000_000n}${decimals > 0 ? `.${fraction.slice(0, decimals)}` : ''}s`;
}

function floatTree(float: number, bits: number): JsonTree {
  if (Number.isFinite(float)) return { kind: 'number', text: floatText(float, bits) };
  return text(Number.isNaN(float) ? 'NaN' : float > 0 ? 'Infinity' : '-Infinity');
}

function structTree(struct: StructValue, budget: Budget): JsonTree {
  if (descriptorOf(struct.type) !== undefined) return messageTree(struct, budget);
  if (struct.type.name === 'durationpb.Duration') return text(durationText(struct));
  if (isWrapper(struct.type)) return valueTree(struct.data.field(0), budget);
  return rawTree(struct.data.json ?? {});
}

function valueTree(value: Value, budget: Budget): JsonTree {
  budget.spend(1);
  switch (value.kind) {
    case 'bool':
      return { kind: 'bool', bool: value.bool };
    case 'string':
      return { kind: 'string', text: value.text };
    case 'int':
    case 'uint': {
      const name = enumNamesOf(value.type)?.get(value.int);
      if (name !== undefined) return text(name);
      const digits = String(value.int);
      return value.type.bits === 64 ? text(digits) : { kind: 'number', text: digits };
    }
    case 'float':
      return floatTree(value.float, value.type.bits);
    case 'pointer':
      return value.target === undefined ? NULL_TREE : valueTree(value.target, budget);
    case 'struct':
      return structTree(value, budget);
    case 'slice': {
      const { elem } = value.type;
      if (elem.kind === 'uint' && elem.bits === 8) return text(encodeBase64(bytesOf(value)));
      return { kind: 'list', items: (value.items ?? []).map((item) => valueTree(item, budget)) };
    }
    case 'map': {
      const members = [...(value.entries ?? [])].map(
        ([key, item]): JsonMember => [String(key), valueTree(item, budget)],
      );
      return { kind: 'object', members: members.sort(([one], [two]) => compareBytes(one, two)) };
    }
    default:
      return NULL_TREE;
  }
}

function memberOf(message: StructValue, field: MessageField, budget: Budget): readonly JsonMember[] {
  const value = messageField(message, field);
  if (field.oneof === undefined ? isZeroField(value) : !isMemberSet(message, field)) return [];
  return [[field.json, valueTree(value, budget)]];
}

/**
 * A message as jsonpb writes it: fields in the order of the .proto file, unset ones left out, enums by name.
 *
 * Source: golang/protobuf, jsonpb, Marshaler without options. A oneof stands at the place of its first member.
 */
export function messageTree(message: StructValue, budget: Budget): JsonTree {
  const descriptor = descriptorOf(message.type);
  if (descriptor === undefined) return structTree(message, budget);
  const seen = new Set<string>();
  const members = descriptor.fields.flatMap((field) => {
    if (field.oneof === undefined) return memberOf(message, field, budget);
    if (seen.has(field.oneof)) return [];
    seen.add(field.oneof);
    const group = descriptor.fields.filter((member) => member.oneof === field.oneof);
    return group.flatMap((member) => memberOf(message, member, budget));
  });
  return { kind: 'object', members };
}
