import { changedFields, type FieldSet, presentFields, subtractFields, unionFields } from './field-set';
import { deepFreeze, jsonEqual } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import type { JsonObject, KubeObject, ManagedFieldsEntry, NewObject } from './object-types';
import type { WriteOptions } from './store';

/** Metadata that no manager owns. */
const SERVER_FIELDS = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

/** The part of an object whose fields have owners. */
export function ownableParts(object: NewObject): JsonObject {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const owned = Object.fromEntries(Object.entries(metadata).filter(([name]) => !SERVER_FIELDS.includes(name)));
  return Object.keys(owned).length === 0 ? rest : { metadata: owned, ...rest };
}

// Pods of one template have the same fields, and ten thousand copies of the same tree would be most of the memory.
const shared = new Map<string, FieldSet>();
const SHARED_LIMIT = 2_000;

function share(set: FieldSet): FieldSet {
  const text = JSON.stringify(set);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= SHARED_LIMIT) shared.clear();
  const frozen = deepFreeze(set);
  shared.set(text, frozen);
  return frozen;
}

function entry(
  row: KindRow,
  options: WriteOptions,
  manager: string,
  now: string,
  fields: FieldSet,
): ManagedFieldsEntry {
  return {
    manager,
    operation: 'Update',
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    time: now,
    fieldsType: 'FieldsV1',
    fieldsV1: share(fields),
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
  };
}

export function trackCreate(row: KindRow, created: KubeObject, options: WriteOptions, now: string): KubeObject {
  if (options.manager === undefined || options.operation === 'Apply') return created;
  const { status: _status, ...owned } = ownableParts(created);
  const parts = row.subresources.includes('status') ? owned : ownableParts(created);
  const fields = changedFields({ metadata: {} }, parts, row.isCustom);
  if (Object.keys(fields).length === 0) return created;
  return withEntries(created, [entry(row, options, options.manager, now, fields)]);
}

/** Moves what this write changed to its manager; fields that are gone lose their owners, as do those that others changed. */
export function trackUpdate(
  row: KindRow,
  current: KubeObject,
  planned: KubeObject,
  options: WriteOptions,
  now: string,
): KubeObject {
  if (options.operation === 'Apply') return planned;
  const entries = planned.metadata.managedFields?.length === 0 ? [] : (current.metadata.managedFields ?? []);
  // Nobody writes and nobody owns: nothing to compare.
  if (options.manager === undefined && entries.length === 0) return withEntries(planned, entries);
  const after = ownableParts(planned);
  const before = ownableParts(current);
  if (jsonEqual(before, after)) return withEntries(planned, entries);
  const changed = changedFields(before, after, row.isCustom);
  const isOwn = (other: ManagedFieldsEntry) =>
    other.manager === options.manager && other.operation === 'Update' && other.subresource === options.subresource;
  const own = entries.find(isOwn);
  const others = entries
    .filter((other) => other !== own)
    .map((other) => reown(other, presentFields(subtractFields(other.fieldsV1, changed), after, row.isCustom)));
  const kept = presentFields(unionFields(own?.fieldsV1 ?? {}, changed), after, row.isCustom);
  const took = Object.keys(changed).length > 0;
  const next =
    options.manager === undefined || Object.keys(kept).length === 0
      ? []
      : [entry(row, options, options.manager, took || own === undefined ? now : own.time, kept)];
  const all = [...others, ...next].filter((one) => Object.keys(one.fieldsV1).length > 0);
  return withEntries(planned, all);
}

function reown(other: ManagedFieldsEntry, fields: FieldSet): ManagedFieldsEntry {
  return jsonEqual(fields, other.fieldsV1) ? other : { ...other, fieldsV1: share(fields) };
}

function withEntries(object: KubeObject, entries: readonly ManagedFieldsEntry[]): KubeObject {
  const { managedFields: _old, ...metadata } = object.metadata;
  return { ...object, metadata: entries.length === 0 ? metadata : { ...metadata, managedFields: [...entries] } };
}
