import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { formatFloat } from '@/lib/core/gotemplate/format/format-float';
import { bytesOf } from '@/lib/core/gotemplate/format/printer';
import { isJsonObject } from '@/lib/core/gotemplate/schema/decode-json';
import { descriptorOf } from '@/lib/core/gotemplate/schema/mesh-schema';
import { encodeBase64 } from '@/lib/core/gotemplate/values/base64';
import { type ByteString, compareBytes, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { GoField } from '@/lib/core/gotemplate/values/go-type';
import {
  isEmptyValue,
  type MapValue,
  type SliceValue,
  type StructValue,
  type Value,
} from '@/lib/core/gotemplate/values/go-value';
import { messageTree } from './message-tree';

/** JSON with its numbers as text and its members in the order they are written. */
export type JsonTree =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly bool: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly text: ByteString }
  | { readonly kind: 'list'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

export type JsonMember = readonly [key: ByteString, tree: JsonTree];

export const NULL_TREE: JsonTree = { kind: 'null' };

/** Thrown for values that have no JSON: functions, complex numbers, NaN, cycles. */
export class JsonUnsupported extends Error {}

const MAX_DEPTH = 1000;

/** A float as encoding/json writes it: plain between 1e-6 and 1e21. */
export function floatText(float: number, bits: number): string {
  if (!Number.isFinite(float)) throw new JsonUnsupported(`json: unsupported value: ${formatFloat(float, 'g', -1)}`);
  const size = Math.abs(float);
  const isPlain = size === 0 || (size >= 1e-6 && size < 1e21);
  const text = formatFloat(float, isPlain ? 'f' : 'e', -1, bits);
  return isPlain ? text : text.replace(/e-0(\d)$/, 'e-$1');
}

/** Data that is JSON already, members sorted. */
export function rawTree(json: unknown): JsonTree {
  if (typeof json === 'string') return { kind: 'string', text: toByteString(json) };
  if (typeof json === 'number') return { kind: 'number', text: floatText(json, 64) };
  if (typeof json === 'boolean') return { kind: 'bool', bool: json };
  if (Array.isArray(json)) return { kind: 'list', items: json.map(rawTree) };
  if (!isJsonObject(json)) return NULL_TREE;
  const members = Object.entries(json).map(([key, member]): JsonMember => [toByteString(key), rawTree(member)]);
  return { kind: 'object', members: members.sort(([one], [two]) => compareBytes(one, two)) };
}

class TreeBuilder {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  build(value: Value, depth: number): JsonTree {
    this.#budget.spend(1);
    if (depth > MAX_DEPTH) throw new JsonUnsupported('json: unsupported value: encountered a cycle');
    switch (value.kind) {
      case 'none':
        return NULL_TREE;
      case 'bool':
        return { kind: 'bool', bool: value.bool };
      case 'string':
        return { kind: 'string', text: value.text };
      case 'int':
      case 'uint':
        return { kind: 'number', text: String(value.int) };
      case 'float':
        return { kind: 'number', text: floatText(value.float, value.type.bits) };
      case 'pointer':
        return value.target === undefined ? NULL_TREE : this.build(value.target, depth + 1);
      case 'interface':
        return value.inner === undefined ? NULL_TREE : this.build(value.inner, depth + 1);
      case 'map':
        return this.#map(value, depth);
      case 'slice':
        return this.#slice(value, depth);
      case 'struct':
        return this.#struct(value, depth);
      case 'complex':
      case 'func':
        throw new JsonUnsupported(`json: unsupported type: ${value.type.name}`);
    }
  }

  #map({ type, entries }: MapValue, depth: number): JsonTree {
    if (!['string', 'int', 'uint'].includes(type.key.kind)) {
      throw new JsonUnsupported(`json: unsupported type: ${type.name}`);
    }
    if (entries === undefined) return NULL_TREE;
    const members = [...entries].map(([key, item]): JsonMember => [String(key), this.build(item, depth + 1)]);
    return { kind: 'object', members: members.sort(([one], [two]) => compareBytes(one, two)) };
  }

  #slice(slice: SliceValue, depth: number): JsonTree {
    if (slice.items === undefined) return NULL_TREE;
    const { elem } = slice.type;
    if (elem.kind === 'uint' && elem.bits === 8) return { kind: 'string', text: encodeBase64(bytesOf(slice)) };
    return { kind: 'list', items: slice.items.map((item) => this.build(item, depth + 1)) };
  }

  #struct(struct: StructValue, depth: number): JsonTree {
    const { codec } = struct.type;
    if (codec !== undefined) return rawTree(struct.data.json ?? codec.zeroJson);
    if (descriptorOf(struct.type) !== undefined) return messageTree(struct, this.#budget);
    return { kind: 'object', members: this.#members(struct, depth) };
  }

  #members(struct: StructValue, depth: number): JsonMember[] {
    return struct.type.fields.flatMap((field, index) => this.#member(field, struct.data.field(index), depth));
  }

  #member(field: GoField, value: Value, depth: number): readonly JsonMember[] {
    const tag = field.json ?? { name: field.name, omitEmpty: false, isInline: field.isEmbedded };
    if (!/^\p{Lu}/u.test(field.name)) return [];
    if (tag.isInline) {
      const inner = value.kind === 'pointer' ? value.target : value;
      return inner?.kind === 'struct' ? this.#members(inner, depth + 1) : [];
    }
    const isZeroOpaque = tag.omitZero === true && value.kind === 'struct' && value.data.json === undefined;
    if ((tag.omitEmpty && isEmptyValue(value)) || isZeroOpaque) return [];
    return [[tag.name === '' ? field.name : tag.name, this.build(value, depth + 1)]];
  }
}

/**
 * The JSON of a value as Go's encoding/json has it: struct tags apply, map keys are sorted by bytes.
 *
 * Fails by throwing JsonUnsupported, as json.Marshal returns an error.
 */
export function jsonTree(value: Value, budget: Budget): JsonTree {
  return new TreeBuilder(budget).build(value, 0);
}
