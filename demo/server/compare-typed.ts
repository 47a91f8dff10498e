import { isRecord, jsonEqual } from './json-access';
import { type ListSchema, memberOf, type TypeSchema } from './object-schema';
import { EMPTY, MEMBER, type PathSet, setOf } from './path-set';
import { EMPTY_LEAVES } from './read-typed';

/** Which paths a change added, modified and removed. */
export interface Comparison {
  readonly added: PathSet;
  readonly modified: PathSet;
  readonly removed: PathSet;
}

const SAME: Comparison = { added: EMPTY, modified: EMPTY, removed: EMPTY };
const isMissing = (value: unknown) => value === undefined || value === null;

/** One member of a value whose members have owners of their own. */
export interface Child {
  readonly step: string;
  readonly value: unknown;
  readonly schema: TypeSchema;
}

/** The step of a list's item. Keys that it lacks have their default: a port is a TCP port, a text that is always written empty. */
export function itemStep(schema: ListSchema, item: unknown): string {
  if (schema.isSet) return `v:${JSON.stringify(item)}`;
  const key: Record<string, unknown> = {};
  for (const name of schema.keys) {
    const value = (isRecord(item) ? item[name] : undefined) ?? defaultKey(schema, name);
    if (value !== undefined) key[name] = value;
  }
  return `k:${JSON.stringify(key)}`;
}

function defaultKey({ of }: ListSchema, name: string): string | undefined {
  if (name === 'protocol') return 'TCP';
  const isWritten = of.kind === 'struct' && of.fields.get(name)?.isAlwaysWritten === true;
  return isWritten ? '' : undefined;
}

/** Whether a value has one owner as a whole. */
export function isLeaf(schema: TypeSchema, value: unknown): boolean {
  switch (schema.kind) {
    case 'struct':
    case 'map':
      return schema.isAtomic;
    case 'list':
      return schema.keys.length === 0 && !schema.isSet;
    case 'free':
      return !isRecord(value);
    case 'leaf':
      return true;
  }
}

/** The members of a value that is no leaf, in its own order. */
export function childrenOf(schema: TypeSchema, value: unknown): readonly Child[] {
  if (schema.kind === 'list') {
    const items = Array.isArray(value) ? value : [];
    return items.map((item) => ({ step: itemStep(schema, item), value: item, schema: schema.of }));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const member = memberOf(schema, name);
    return item === undefined || member === undefined ? [] : [{ step: `f:${name}`, value: item, schema: member }];
  });
}

/**
 * Compares two values of one type, path by path.
 * Source: sigs.k8s.io/structured-merge-diff, typed/compare.go.
 */
export function compareTyped(schema: TypeSchema, before: unknown, after: unknown): Comparison {
  if (before === after) return SAME;
  const isFree = isLeaf(schema, before ?? after) || isLeaf(schema, after ?? before);
  const [old, now] = [isFree ? [] : childrenOf(schema, before), isFree ? [] : childrenOf(schema, after)];
  // Both empty: a leaf, so that nothing and empty stay apart.
  if (isFree || (old.length === 0 && now.length === 0)) return compareLeaf(before, after);
  const earlier = new Map(old.map((child) => [child.step, child]));
  const later = new Map(now.map((child) => [child.step, child]));
  const parts = new Map<string, Comparison>();
  for (const [step, child] of later) {
    const old = earlier.has(step) ? earlier.get(step)?.value : absentMember(schema, step, before);
    parts.set(step, compareTyped(child.schema, old, child.value));
  }
  for (const [step, child] of earlier) {
    if (!later.has(step)) parts.set(step, compareTyped(child.schema, child.value, absentMember(schema, step, after)));
  }
  const pick = (which: keyof Comparison, isMember: boolean) =>
    setOf(
      isMember,
      [...parts].map(([step, part]) => [step, part[which]] as const),
    );
  return {
    added: pick('added', before === undefined),
    modified: pick('modified', false),
    removed: pick('removed', after === undefined),
  };
}

// A field that is always written is there, if only empty, wherever its struct is.
function absentMember(schema: TypeSchema, step: string, parent: unknown): unknown {
  const field = schema.kind === 'struct' ? schema.fields.get(step.slice(2)) : undefined;
  if (field?.isAlwaysWritten !== true || parent === undefined) return undefined;
  if (field.type.kind === 'struct') return {};
  return field.type.kind === 'leaf' ? (EMPTY_LEAVES[field.type.type] ?? null) : null;
}

function compareLeaf(before: unknown, after: unknown): Comparison {
  if (jsonEqual(before, after)) return SAME;
  if (before === undefined) return { ...SAME, added: MEMBER };
  if (after === undefined) return { ...SAME, removed: MEMBER };
  return { ...SAME, modified: MEMBER };
}

/**
 * The paths that an applied configuration names.
 * Source: sigs.k8s.io/structured-merge-diff, typed/tofieldset.go.
 */
export function namedPaths(schema: TypeSchema, value: unknown): PathSet {
  if (isLeaf(schema, value)) return MEMBER;
  const entries = childrenOf(schema, value).map((child) => {
    const inner = namedPaths(child.schema, child.value);
    return [child.step, isOwnMember(schema, child) ? { ...inner, isMember: true } : inner] as const;
  });
  return setOf(false, entries);
}

// Fields of a struct are only named by what is in them; entries of maps and items of lists are members themselves.
function isOwnMember(schema: TypeSchema, { step, value }: Child): boolean {
  if (schema.kind === 'list' || schema.kind === 'map') return true;
  if (isMissing(value) || (isRecord(value) && Object.keys(value).length === 0)) return true;
  // A custom resource's fields come from its own schema, which makes them a struct's.
  return schema.kind === 'struct' && !schema.fields.has(step.slice(2)) && schema.rest === undefined;
}
