import { isRecord } from './json-access';
import type { JsonObject } from './object-types';

/**
 * A set of paths within an object, as a tree. Steps are spelled as in `fieldsV1`: `f:name`, `k:{"name":"web"}`, `v:"x"`.
 *
 * A path may be a member without those below it, and the other way round.
 * Source: sigs.k8s.io/structured-merge-diff, fieldpath/set.go.
 */
export interface PathSet {
  readonly isMember: boolean;
  readonly children: ReadonlyMap<string, PathSet>;
}

const NO_CHILDREN: ReadonlyMap<string, PathSet> = new Map();
export const EMPTY: PathSet = { isMember: false, children: NO_CHILDREN };
export const MEMBER: PathSet = { isMember: true, children: NO_CHILDREN };

export const isEmptySet = (set: PathSet): boolean => !set.isMember && set.children.size === 0;

/** A set from its parts; branches that hold nothing are left out. */
export function setOf(isMember: boolean, entries: Iterable<readonly [string, PathSet]>): PathSet {
  const children = new Map<string, PathSet>();
  for (const [step, child] of entries) if (!isEmptySet(child)) children.set(step, child);
  if (children.size === 0) return isMember ? MEMBER : EMPTY;
  return { isMember, children };
}

export function childOf(set: PathSet, step: string): PathSet {
  return set.children.get(step) ?? EMPTY;
}

export function union(left: PathSet, right: PathSet): PathSet {
  if (isEmptySet(left)) return right;
  if (isEmptySet(right)) return left;
  const children = new Map(left.children);
  for (const [step, child] of right.children) {
    const own = children.get(step);
    children.set(step, own === undefined ? child : union(own, child));
  }
  return setOf(left.isMember || right.isMember, children);
}

/** Members of the first that the second has not. */
export function difference(from: PathSet, taken: PathSet): PathSet {
  if (isEmptySet(taken) || isEmptySet(from)) return from;
  const children = [...from.children].map(([step, child]) => [step, difference(child, childOf(taken, step))] as const);
  return setOf(from.isMember && !taken.isMember, children);
}

export function intersection(left: PathSet, right: PathSet): PathSet {
  if (isEmptySet(left) || isEmptySet(right)) return EMPTY;
  const children = [...left.children].map(
    ([step, child]) => [step, intersection(child, childOf(right, step))] as const,
  );
  return setOf(left.isMember && right.isMember, children);
}

/** The set with every field on the way to a member made a member too; list items are not. */
export function withFieldsOnTheWay(set: PathSet): PathSet {
  const children = [...set.children].map(([step, child]) => {
    const inner = withFieldsOnTheWay(child);
    const isNamed = step.startsWith('f:') && inner.children.size > 0;
    return [step, isNamed ? { ...inner, isMember: true } : inner] as const;
  });
  return setOf(set.isMember, children);
}

export function fromFieldsV1(fields: JsonObject): PathSet {
  const entries = Object.entries(fields).filter(([step]) => step !== '.');
  const isLeaf = entries.length === 0;
  return setOf(
    isLeaf || '.' in fields,
    entries.map(([step, inner]) => [step, isRecord(inner) ? fromFieldsV1(inner) : MEMBER] as const),
  );
}

/** In the notation of managedFields, steps in the order in which the real server writes them. */
export function toFieldsV1(set: PathSet): JsonObject {
  const fields: JsonObject = {};
  if (set.isMember && set.children.size > 0) fields['.'] = {};
  for (const step of [...set.children.keys()].sort()) fields[step] = toFieldsV1(childOf(set, step));
  return fields;
}

/** Where the members are, as messages spell it: `.spec.replicas`, `.spec.containers[name="web"].image`. */
export function memberPaths(set: PathSet, prefix = ''): string[] {
  const below = [...set.children.keys()]
    .sort()
    .flatMap((step) => memberPaths(childOf(set, step), `${prefix}${stepText(step)}`));
  return set.isMember && prefix !== '' ? [prefix, ...below] : below;
}

export function stepText(step: string): string {
  if (step.startsWith('f:')) return `.${step.slice(2)}`;
  if (!step.startsWith('k:')) return `[=${step.slice(2)}]`;
  const parsed: unknown = JSON.parse(step.slice(2));
  const pairs = Object.entries(isRecord(parsed) ? parsed : {});
  return `[${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}
