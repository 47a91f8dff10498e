import { isRecord, jsonEqual } from './json-access';
import { listKeysOf, ownerKey } from './list-keys';
import { SET_LISTS } from './list-keys.data';
import type { JsonObject } from './object-types';

/** A set of fields in the notation of `fieldsV1`: `f:name`, `k:{"name":"web"}`, `v:"x"`, and `.` for the field itself. */
export type FieldSet = JsonObject;

/** Structs that a built-in kind always has: they are never members themselves. */
const ALWAYS_THERE = new Set(['metadata', 'spec', 'status', 'template', 'strategy', 'updateStrategy', 'jobTemplate']);

interface Child {
  readonly step: string;
  readonly value: unknown;
  readonly field: string;
}

/** The members of a map or merged list; undefined for a value that is owned as a whole. */
function childrenOf(value: unknown, field: string, isAtomicList: boolean): readonly Child[] | undefined {
  if (isRecord(value)) {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => ({ step: `f:${key}`, value: item, field: key }));
  }
  if (!Array.isArray(value)) return undefined;
  if (SET_LISTS.has(field)) return value.map((item) => ({ step: `v:${JSON.stringify(item)}`, value: null, field: '' }));
  const keys = isAtomicList ? undefined : listKeysOf(field, value);
  if (keys === undefined || keys.owner.length === 0 || !value.every(isRecord)) return undefined;
  return value.map((item) => ({ step: `k:${JSON.stringify(ownerKey(item, keys))}`, value: item, field: '' }));
}

/** Fields of `after` that `before` lacks or has with another value. With `before` undefined: all of them. */
export function changedFields(before: unknown, after: unknown, isCustom: boolean, field = ''): FieldSet {
  const set: FieldSet = {};
  const isAtomic = isCustom && field !== 'ownerReferences' && field !== 'finalizers';
  const earlier = new Map((childrenOf(before, field, isAtomic) ?? []).map((child) => [child.step, child.value]));
  for (const { step, value, field: name } of childrenOf(after, field, isAtomic) ?? []) {
    const old = earlier.get(step);
    if (earlier.has(step) && jsonEqual(old, value)) continue;
    const children = childrenOf(value, name, isCustom && name !== 'ownerReferences' && name !== 'finalizers');
    if (children === undefined || children.length === 0) set[step] = {};
    else {
      const inner = changedFields(old, value, isCustom, name);
      const isNew = !earlier.has(step) && !ALWAYS_THERE.has(name);
      if (isNew) set[step] = { '.': {}, ...inner };
      else if (Object.keys(inner).length > 0) set[step] = inner;
    }
  }
  return set;
}

/** Every field an applied configuration names: like `changedFields` from nothing, without the containers themselves. */
export function appliedFields(config: JsonObject, isCustom: boolean): FieldSet {
  return withoutContainers(changedFields(undefined, config, isCustom), '');
}

function withoutContainers(set: FieldSet, step: string): FieldSet {
  const kept: FieldSet = {};
  for (const [key, inner] of Object.entries(set)) {
    if (key === '.' && !step.startsWith('k:')) continue;
    kept[key] = isRecord(inner) ? withoutContainers(inner, key) : inner;
  }
  return kept;
}

export function unionFields(left: FieldSet, right: FieldSet): FieldSet {
  const union: FieldSet = { ...left };
  for (const [key, inner] of Object.entries(right)) {
    const own = union[key];
    union[key] = isRecord(own) && isRecord(inner) ? unionFields(own, inner) : inner;
  }
  return union;
}

const isMember = (set: FieldSet) => set['.'] !== undefined || Object.keys(set).length === 0;

/** What is left of a set without the members of another; a field that leaves takes none of those below it along. */
export function subtractFields(from: FieldSet, taken: FieldSet): FieldSet {
  const left: FieldSet = {};
  for (const [key, inner] of Object.entries(from)) {
    const other = taken[key];
    if (key === '.') continue;
    if (!isRecord(inner) || !isRecord(other)) {
      left[key] = inner;
      continue;
    }
    const rest = subtractFields(inner, other);
    const isKept = isMember(inner) && !isMember(other);
    if (isKept && Object.keys(rest).length > 0) left[key] = { '.': {}, ...rest };
    else if (isKept || Object.keys(rest).length > 0) left[key] = rest;
  }
  return left;
}

/** The fields both sets have. */
export function commonFields(left: FieldSet, right: FieldSet): FieldSet {
  const common: FieldSet = {};
  for (const [key, inner] of Object.entries(left)) {
    const other = right[key];
    if (key === '.' || !isRecord(inner) || !isRecord(other)) continue;
    if (Object.keys(inner).length === 0 || Object.keys(other).length === 0) common[key] = {};
    else {
      const both = commonFields(inner, other);
      if (Object.keys(both).length > 0) common[key] = both;
    }
  }
  return common;
}

/** Keeps the fields that an object still has. */
export function presentFields(set: FieldSet, object: unknown, isCustom: boolean): FieldSet {
  return commonPresent(set, changedFields(undefined, object, isCustom));
}

function commonPresent(set: FieldSet, present: FieldSet): FieldSet {
  const kept: FieldSet = {};
  for (const [key, inner] of Object.entries(set)) {
    const other = present[key];
    if (key === '.') kept[key] = inner;
    if (!isRecord(inner) || !isRecord(other)) continue;
    if (Object.keys(inner).length === 0) kept[key] = {};
    else {
      const both = commonPresent(inner, other);
      if (Object.keys(both).length > 0) kept[key] = both;
    }
  }
  return kept;
}

/** Dotted paths of the leaves, as messages spell them: `.spec.replicas`, `.spec.containers[name="web"].image`. */
export function fieldPaths(set: FieldSet, prefix = ''): string[] {
  return Object.entries(set).flatMap(([key, inner]) => {
    const path = `${prefix}${pathStep(key)}`;
    return isRecord(inner) && Object.keys(inner).length > 0 ? fieldPaths(inner, path) : [path];
  });
}

function pathStep(key: string): string {
  if (key.startsWith('f:')) return `.${key.slice(2)}`;
  if (!key.startsWith('k:')) return `[=${key.slice(2)}]`;
  const parsed: unknown = JSON.parse(key.slice(2));
  const pairs = Object.entries(isRecord(parsed) ? parsed : {});
  return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
