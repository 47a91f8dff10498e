import { ApiError, type StatusCause } from './api-error';
import { appliedFields, commonFields, type FieldSet, fieldPaths, subtractFields } from './field-set';
import { isRecord, jsonEqual, valueAt } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import { listKeysOf, ownerKey } from './list-keys';
import { ownableParts } from './managed-fields';
import type { JsonObject, KubeObject, ManagedFieldsEntry, NewObject } from './object-types';

export interface ApplyRequest {
  readonly manager: string;
  readonly force: boolean;
  readonly now: string;
}

/** The object after a server-side apply; its managedFields are set. `live` is undefined when the apply creates it. */
export function applyConfiguration(
  row: KindRow,
  live: KubeObject | undefined,
  config: NewObject,
  { manager, force, now }: ApplyRequest,
): NewObject {
  const wanted = appliedFields(ownableParts(config), row.isCustom);
  const entries = live?.metadata.managedFields ?? [];
  const isOwn = (entry: ManagedFieldsEntry) => entry.manager === manager && entry.operation === 'Apply';
  const own = entries.find(isOwn);
  const others = entries.filter((entry) => !isOwn(entry));
  const merged: NewObject = live === undefined ? config : mergeApplied(live, config, row.isCustom);
  const contested = live === undefined ? [] : findConflicts(live, merged, wanted, others, row.isCustom);
  if (contested.length > 0 && !force) throw conflictError(contested);
  const kept = others
    .map((entry) => {
      const lost = contested.find((conflict) => conflict.entry === entry);
      return lost === undefined ? entry : { ...entry, fieldsV1: subtractFields(entry.fieldsV1, lost.fields) };
    })
    .filter((entry) => Object.keys(entry.fieldsV1).length > 0);
  const dropped = kept.reduce<FieldSet>(
    (fields, entry) => subtractFields(fields, entry.fieldsV1),
    subtractFields(own?.fieldsV1 ?? {}, wanted),
  );
  const pruned = pruneObject(merged, dropped, row.isCustom);
  const isSame = own !== undefined && jsonEqual(own.fieldsV1, wanted) && live !== undefined && sameParts(live, pruned);
  const mine: ManagedFieldsEntry = {
    manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    time: isSame ? own.time : now,
    fieldsType: 'FieldsV1',
    fieldsV1: wanted,
  };
  return { ...pruned, metadata: { ...pruned.metadata, managedFields: [mine, ...kept] } };
}

function sameParts(left: NewObject, right: NewObject): boolean {
  return jsonEqual(ownableParts(left), ownableParts(right));
}

function mergeApplied(live: KubeObject, config: NewObject, isCustom: boolean): NewObject {
  const { metadata, apiVersion: _version, kind: _kind, ...rest } = config;
  const parts = mergeMap({ ...live, metadata: {} }, rest, isCustom);
  const { managedFields: _managed, ...sent } = metadata;
  return {
    ...parts,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: { ...live.metadata, ...mergeMap({ ...live.metadata }, sent, isCustom) },
  };
}

function mergeMap(live: JsonObject, config: JsonObject, isCustom: boolean): JsonObject {
  const merged = { ...live };
  for (const [field, value] of Object.entries(config)) {
    if (value !== null) merged[field] = mergeValue(field, merged[field], value, isCustom);
  }
  return merged;
}

function mergeValue(field: string, live: unknown, value: unknown, isCustom: boolean): unknown {
  if (isRecord(value)) return mergeMap(isRecord(live) ? live : {}, value, isCustom);
  if (!Array.isArray(value) || !Array.isArray(live)) return value;
  const isAtomic = isCustom && field !== 'ownerReferences';
  const keys = isAtomic ? undefined : listKeysOf(field, [...value, ...live]);
  if (keys === undefined || keys.owner.length === 0) return value;
  const sameItem = (left: JsonObject, right: JsonObject) => jsonEqual(ownerKey(left, keys), ownerKey(right, keys));
  const items = value.filter(isRecord);
  const current = live.filter(isRecord);
  const merged = items.map((item) => {
    const known = current.find((candidate) => sameItem(candidate, item));
    return known === undefined ? item : mergeMap(known, item, isCustom);
  });
  return [...merged, ...current.filter((candidate) => !items.some((item) => sameItem(item, candidate)))];
}

interface Contested {
  readonly entry: ManagedFieldsEntry;
  readonly fields: FieldSet;
}

/** Fields of other managers that this apply would change. */
function findConflicts(
  live: KubeObject,
  merged: NewObject,
  wanted: FieldSet,
  others: readonly ManagedFieldsEntry[],
  isCustom: boolean,
): Contested[] {
  const same = unchangedFields(wanted, ownableParts(live), ownableParts(merged), isCustom);
  const changing = subtractFields(wanted, same);
  return others
    .map((entry) => ({ entry, fields: commonFields(entry.fieldsV1, changing) }))
    .filter(({ fields }) => Object.keys(fields).length > 0);
}

/** The part of a set whose values are equal in both objects. */
function unchangedFields(set: FieldSet, left: unknown, right: unknown, isCustom: boolean, field = ''): FieldSet {
  const same: FieldSet = {};
  for (const [step, inner] of Object.entries(set)) {
    const [before, after, name] = [stepInto(left, step, field), stepInto(right, step, field), step.slice(2)];
    if (isRecord(inner) && Object.keys(inner).length > 0) {
      const part = unchangedFields(inner, before, after, isCustom, name);
      if (Object.keys(part).length > 0) same[step] = part;
    } else if (step === '.' || jsonEqual(before, after)) same[step] = {};
  }
  return same;
}

function stepInto(value: unknown, step: string, field: string): unknown {
  if (step.startsWith('f:')) return valueAt(value, step.slice(2));
  const index = itemIndex(value, step, field);
  return Array.isArray(value) && index >= 0 ? value[index] : undefined;
}

function itemIndex(value: unknown, step: string, field: string): number {
  if (!Array.isArray(value)) return -1;
  const key: unknown = step === '.' ? undefined : JSON.parse(step.slice(2));
  if (step.startsWith('v:')) return value.findIndex((item) => jsonEqual(item, key));
  const keys = listKeysOf(field, value);
  if (keys === undefined) return -1;
  return value.findIndex((item) => isRecord(item) && jsonEqual(ownerKey(item, keys), key));
}

function pruneObject(object: NewObject, dropped: FieldSet, isCustom: boolean): NewObject {
  if (Object.keys(dropped).length === 0) return object;
  const { 'f:metadata': inMetadata, ...rest } = dropped;
  const { metadata, apiVersion, kind, ...parts } = object;
  const pruned = prune(parts, rest, isCustom, '');
  const prunedMetadata = isRecord(inMetadata) ? prune(metadata, inMetadata, isCustom, '') : metadata;
  return {
    ...(isRecord(pruned) ? pruned : {}),
    apiVersion,
    kind,
    metadata: isRecord(prunedMetadata) ? prunedMetadata : metadata,
  };
}

function prune(value: unknown, dropped: FieldSet, isCustom: boolean, field: string): unknown {
  if (Array.isArray(value)) {
    const gone = new Map(Object.entries(dropped).map(([step, inner]) => [itemIndex(value, step, field), inner]));
    return value.flatMap((item, index) => {
      const inner = gone.get(index);
      if (!isRecord(inner)) return [item];
      return inner['.'] !== undefined || Object.keys(inner).length === 0 ? [] : [prune(item, inner, isCustom, '')];
    });
  }
  if (!isRecord(value)) return value;
  const kept = { ...value };
  for (const [step, inner] of Object.entries(dropped)) {
    const name = step.slice(2);
    if (!isRecord(inner) || !step.startsWith('f:')) continue;
    if (Object.keys(inner).length === 0) delete kept[name];
    else if (kept[name] !== undefined) kept[name] = prune(kept[name], inner, isCustom, name);
    if (isEmptyPart(kept[name])) delete kept[name];
  }
  return kept;
}

const isEmptyPart = (value: unknown) =>
  (isRecord(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0);

function conflictError(contested: readonly Contested[]): ApiError {
  const causes: StatusCause[] = contested.flatMap(({ entry, fields }) =>
    fieldPaths(fields).map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with "${entry.manager}"${entry.subresource === undefined ? '' : ` with subresource "${entry.subresource}"`} using ${entry.apiVersion}`,
      field,
    })),
  );
  const total = causes.length;
  const texts = [...new Set(causes.map((cause) => cause.message))].map((message) => {
    const fields = causes.filter((cause) => cause.message === message).map((cause) => cause.field);
    if (fields.length === 1) return `${message}: ${fields[0]}`;
    return `${message.replace(/^conflict /, 'conflicts ')}:\n${fields.map((field) => `- ${field}`).join('\n')}`;
  });
  const message = `Apply failed with ${total} conflict${total === 1 ? '' : 's'}: ${texts.join('\n')}`;
  return new ApiError('Conflict', message, { causes });
}
