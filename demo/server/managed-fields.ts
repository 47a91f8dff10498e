import { type Comparison, compareTyped } from './compare-typed';
import { deepFreeze } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import { schemaOfKind } from './object-schema';
import type { JsonObject, KubeObject, ManagedFieldsEntry, NewObject } from './object-types';
import {
  difference,
  EMPTY,
  fromFieldsV1,
  isEmptySet,
  MEMBER,
  type PathSet,
  setOf,
  toFieldsV1,
  union,
} from './path-set';
import type { WriteOptions } from './store';

/** Metadata that nobody owns. Source: k8s.io/apimachinery, managedfields/internal/stripmeta.go. */
const OWNERLESS = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
];

const STRIPPED = setOf(false, [
  ['f:apiVersion', MEMBER],
  ['f:kind', MEMBER],
  [
    'f:metadata',
    setOf(
      true,
      OWNERLESS.map((name) => [`f:${name}`, MEMBER] as const),
    ),
  ],
]);

export function withoutOwnerless(set: PathSet): PathSet {
  return difference(set, STRIPPED);
}

/** The object as far as its fields can have owners. */
export function ownableParts(object: NewObject): JsonObject {
  const { apiVersion: _version, kind: _kind, ...rest } = object;
  const { managedFields: _managed, ...metadata } = rest.metadata;
  return { ...rest, metadata };
}

// Pods of one template have the same fields, and ten thousand copies of the same tree would be most of the memory.
const shared = new Map<string, JsonObject>();
const SHARED_LIMIT = 2_000;

function shareFields(set: PathSet): JsonObject {
  const fields = toFieldsV1(set);
  const text = JSON.stringify(fields);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= SHARED_LIMIT) shared.clear();
  const frozen = deepFreeze(fields);
  shared.set(text, frozen);
  return frozen;
}

export function compareObjects(row: KindRow, before: NewObject | undefined, after: NewObject): Comparison {
  const empty = { metadata: {} };
  return compareTyped(schemaOfKind(row), before === undefined ? empty : ownableParts(before), ownableParts(after));
}

/** A path set without what a write to this endpoint cannot change: status without its subresource, all else with it. */
export function endpointFields(row: KindRow, set: PathSet, subresource: WriteOptions['subresource']): PathSet {
  if (!row.subresources.includes('status')) return set;
  const isStatus = (step: string) => step === 'f:status';
  const entries = [...set.children].filter(([step]) =>
    subresource === 'status' ? isStatus(step) || step === 'f:metadata' : !isStatus(step),
  );
  return setOf(false, entries);
}

/** The new object with its writer as the owner of all that it names. */
export function trackCreate<T extends NewObject>(row: KindRow, created: T, options: WriteOptions, now: string): T {
  if (options.manager === undefined) return created;
  const { added, modified } = compareObjects(row, undefined, created);
  const fields = withoutOwnerless(endpointFields(row, union(added, modified), undefined));
  if (isEmptySet(fields)) return withEntries(created, []);
  return withEntries(created, [entryOf(row, options.manager, now, fields, options.subresource)]);
}

/** Moves what this write changed to its manager; fields that are gone lose their owners, as do those that others changed. */
export function trackUpdate(
  row: KindRow,
  current: KubeObject,
  planned: KubeObject,
  options: WriteOptions,
  now: string,
): KubeObject {
  const entries = entriesBefore(current, planned, options);
  // Where nobody owns anything, nobody does from then on, until the first apply.
  if (entries === undefined || entries.length === 0) return withEntries(planned, []);
  const { added, modified, removed } = compareObjects(row, current, planned);
  const taken = withoutOwnerless(endpointFields(row, union(added, modified), options.subresource));
  const lost = union(union(added, modified), removed);
  if (isEmptySet(lost)) return withEntries(planned, entries);
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === options.manager &&
    entry.operation === 'Update' &&
    entry.subresource === options.subresource &&
    entry.apiVersion === apiVersionOf(row, row.versions[0] ?? 'v1');
  const own = entries.find(isOwn);
  const others = entries.filter((entry) => entry !== own).flatMap((entry) => withoutFields(entry, lost));
  if (options.manager === undefined)
    return withEntries(planned, [...others, ...(own === undefined ? [] : withoutFields(own, removed))]);
  const kept = union(difference(own === undefined ? EMPTY : fromFieldsV1(own.fieldsV1), removed), taken);
  if (isEmptySet(kept)) return withEntries(planned, others);
  const time = isEmptySet(taken) && own !== undefined ? own.time : now;
  return withEntries(planned, [...others, entryOf(row, options.manager, time, kept, options.subresource)]);
}

// A writer that sends an empty list resets the owners (undefined), one that sends its own list sets them.
function entriesBefore(
  current: KubeObject,
  planned: KubeObject,
  { subresource }: WriteOptions,
): readonly ManagedFieldsEntry[] | undefined {
  const sent = planned.metadata.managedFields;
  const isReset = sent?.every((entry) => Object.keys(entry).length === 0) === true;
  if (isReset && subresource === undefined) return undefined;
  return (subresource === undefined ? sent : undefined) ?? current.metadata.managedFields ?? [];
}

/** An entry without fields that somebody else took; none when nothing is left. */
export function withoutFields(entry: ManagedFieldsEntry, lost: PathSet): ManagedFieldsEntry[] {
  const before = fromFieldsV1(entry.fieldsV1);
  const after = difference(before, lost);
  if (isEmptySet(after)) return [];
  const fieldsV1 = shareFields(after);
  return [JSON.stringify(fieldsV1) === JSON.stringify(entry.fieldsV1) ? entry : { ...entry, fieldsV1 }];
}

export function entryOf(
  row: KindRow,
  manager: string,
  time: string | undefined,
  fields: PathSet,
  subresource: WriteOptions['subresource'],
  operation: ManagedFieldsEntry['operation'] = 'Update',
): ManagedFieldsEntry {
  return {
    manager,
    operation,
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    // The real server forgets the time of what came through `scale`.
    ...(subresource === 'scale' || time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: shareFields(fields),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

const SORTED_BY = ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const;

/** The object with these entries, in the order in which the real server lists them. */
export function withEntries<T extends NewObject>(object: T, entries: readonly ManagedFieldsEntry[]): T {
  const { managedFields: _old, ...metadata } = object.metadata;
  const sorted = [...entries].sort((left, right) => {
    const key = SORTED_BY.find((name) => (left[name] ?? '') !== (right[name] ?? ''));
    return key === undefined ? 0 : (left[key] ?? '') < (right[key] ?? '') ? -1 : 1;
  });
  return { ...object, metadata: sorted.length === 0 ? metadata : { ...metadata, managedFields: sorted } };
}
