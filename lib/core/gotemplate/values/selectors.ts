import { type GoField, type GoMethod, pointerTo, type StructType } from './go-type';
import type { StructValue, Value } from './go-value';

export interface FieldSelector {
  readonly kind: 'field';
  /** Indices from the outer struct to the field; more than one when it is promoted from embedded structs. */
  readonly path: readonly number[];
  readonly field: GoField;
}
export interface MethodSelector {
  readonly kind: 'method';
  /** Embedded fields on the way to the receiver. */
  readonly path: readonly number[];
  readonly method: GoMethod;
}
export type Selector = FieldSelector | MethodSelector;

const known = new WeakMap<StructType, Map<string, Selector>>();

function embeddedStruct(field: GoField): StructType | undefined {
  if (!field.isEmbedded) return undefined;
  if (field.type.kind === 'struct') return field.type;
  return field.type.kind === 'pointer' && field.type.elem.kind === 'struct' ? field.type.elem : undefined;
}

interface Level {
  readonly type: StructType;
  readonly path: readonly number[];
}

function findAtLevel(levels: readonly Level[], name: string): Selector | undefined {
  for (const { type, path } of levels) {
    const method = type.methods.get(name);
    if (method !== undefined) return { kind: 'method', path, method };
    const index = type.fields.findIndex((field) => field.name === name);
    const field = type.fields[index];
    if (field !== undefined) return { kind: 'field', path: [...path, index], field };
  }
  return undefined;
}

function findSelector(type: StructType, name: string): Selector | undefined {
  const seen = new Set([type]);
  let levels: Level[] = [{ type, path: [] }];
  while (levels.length > 0) {
    const found = findAtLevel(levels, name);
    if (found !== undefined) return found;
    const deeper: Level[] = [];
    for (const level of levels) {
      for (const [index, field] of level.type.fields.entries()) {
        const embedded = embeddedStruct(field);
        if (embedded === undefined || seen.has(embedded)) continue;
        seen.add(embedded);
        deeper.push({ type: embedded, path: [...level.path, index] });
      }
    }
    levels = deeper;
  }
  return undefined;
}

/** What `name` means on a struct: its own field or method, or one promoted from an embedded struct, the shallowest first. */
export function selectorOf(type: StructType, name: string): Selector | undefined {
  const ofType = known.get(type) ?? new Map<string, Selector>();
  const remembered = ofType.get(name);
  if (remembered !== undefined) return remembered;
  const found = findSelector(type, name);
  // Only names that exist are kept: what templates ask for in vain has no bound.
  if (found !== undefined) known.set(type, ofType.set(name, found));
  return found;
}

/** The address of an addressable value. */
export function addressOf(value: Exclude<Value, { kind: 'none' }>): Value {
  return { kind: 'pointer', type: pointerTo(value.type), target: value, isAddressable: false };
}

export type Step = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly through: string };

/** Goes along embedded and ordinary fields; fails at an embedded nil pointer, and names it. */
export function walkFields(start: StructValue, path: readonly number[]): Step {
  let value: Value = start;
  for (const [step, index] of path.entries()) {
    if (step > 0 && value.kind === 'pointer') {
      if (value.target === undefined) return { ok: false, through: value.type.elem.name };
      value = value.target;
    }
    if (value.kind !== 'struct') return { ok: false, through: start.type.name };
    value = value.isAddressable ? value.data.addressableField(index) : value.data.field(index);
  }
  return { ok: true, value };
}
