import { badRequest } from './api-error';
import { isRecord, jsonEqual } from './json-access';
import { listKeysOf } from './list-keys';
import { SET_LISTS } from './list-keys.data';
import type { JsonObject } from './object-types';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ORDER = '$setElementOrder/';
const DELETE_VALUES = '$deleteFromPrimitiveList/';

/**
 * Applies a strategic merge patch: maps merge, null removes, lists of built-in kinds merge by their keys.
 * Source: k8s.io/apimachinery, pkg/util/strategicpatch/patch.go.
 */
export function applyStrategicMerge(original: JsonObject, patch: JsonObject): JsonObject {
  if (patch[DIRECTIVE] === 'replace') return withoutDirectives(patch);
  if (patch[DIRECTIVE] === 'delete') return {};
  const merged: JsonObject = retained(original, patch);
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$')) continue;
    if (value === null) delete merged[field];
    else merged[field] = mergeValue(field, merged[field], value, patch);
  }
  for (const [field, values] of Object.entries(patch)) {
    if (field.startsWith(DELETE_VALUES)) deleteValues(merged, field.slice(DELETE_VALUES.length), values);
    else if (field.startsWith(ORDER)) reorder(merged, original, field.slice(ORDER.length), patch);
  }
  return merged;
}

function retained(original: JsonObject, patch: JsonObject): JsonObject {
  const keep = patch[RETAIN_KEYS];
  if (!Array.isArray(keep)) return { ...original };
  return Object.fromEntries(Object.entries(original).filter(([field]) => keep.includes(field)));
}

function withoutDirectives(patch: JsonObject): JsonObject {
  const plain: JsonObject = {};
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$') || value === null) continue;
    plain[field] = isRecord(value) ? withoutDirectives(value) : value;
  }
  return plain;
}

function mergeValue(field: string, old: unknown, value: unknown, patch: JsonObject): unknown {
  if (isRecord(value)) return applyStrategicMerge(isRecord(old) ? old : {}, value);
  if (!Array.isArray(value)) return value;
  const current = Array.isArray(old) ? old : [];
  if (SET_LISTS.has(field)) {
    return [...current, ...value.filter((item) => !current.some((known) => jsonEqual(known, item)))];
  }
  const keys = listKeysOf(field, [...value, ...current]);
  if (keys === undefined) return value.map((item) => (isRecord(item) ? withoutDirectives(item) : item));
  const order = patch[`${ORDER}${field}`];
  return mergeList(
    current.filter(isRecord),
    value.filter(isRecord),
    keys.merge,
    Array.isArray(order) ? order : undefined,
  );
}

function mergeList(
  current: readonly JsonObject[],
  patch: readonly JsonObject[],
  key: string,
  order: readonly unknown[] | undefined,
): JsonObject[] {
  const replaces = patch.some((item) => item[DIRECTIVE] === 'replace');
  const items = patch.filter((item) => item[DIRECTIVE] !== 'replace');
  if (replaces) return items.map(withoutDirectives);
  let kept = [...current];
  const written: JsonObject[] = [];
  for (const item of items) {
    const id = item[key];
    if (id === undefined) throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`);
    const known = kept.filter((candidate) => candidate[key] === id);
    if (item[DIRECTIVE] !== 'delete') {
      written.push(applyStrategicMerge(known[0] ?? {}, item));
    }
    kept = kept.filter((candidate) => candidate[key] !== id);
  }
  return interleave(kept, written, current, key, order);
}

/** Orders what was written as the patch says, and weaves in the rest where it stood before. */
function interleave(
  serverOnly: readonly JsonObject[],
  written: readonly JsonObject[],
  before: readonly JsonObject[],
  key: string,
  order: readonly unknown[] | undefined,
): JsonObject[] {
  const wanted = (order ?? written).map((item) => (isRecord(item) ? item[key] : item));
  const ordered = new Set(wanted);
  const all = [...written, ...serverOnly.filter((item) => ordered.has(item[key]))];
  const right = all.sort((first, second) => wanted.indexOf(first[key]) - wanted.indexOf(second[key]));
  const left = serverOnly.filter((item) => !ordered.has(item[key]));
  const place = (item: JsonObject | undefined) => before.findIndex((known) => known[key] === item?.[key]);
  const result: JsonObject[] = [];
  let next = 0;
  for (const item of right) {
    for (let rest = left[next]; rest !== undefined; rest = left[next]) {
      const isBefore = place(item) >= 0 && place(rest) >= 0 && place(rest) < place(item);
      if (!isBefore) break;
      result.push(rest);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...left.slice(next)];
}

function deleteValues(merged: JsonObject, field: string, values: unknown): void {
  const list = merged[field];
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  merged[field] = list.filter((item) => !values.some((value) => jsonEqual(value, item)));
}

// An order alone, without a patch of the list itself, still moves items.
function reorder(merged: JsonObject, original: JsonObject, field: string, patch: JsonObject): void {
  const order = patch[`${ORDER}${field}`];
  const list = merged[field];
  if (patch[field] !== undefined || !Array.isArray(order) || !Array.isArray(list)) return;
  const keys = listKeysOf(field, list);
  const before = Array.isArray(original[field]) ? original[field].filter(isRecord) : [];
  if (keys !== undefined) merged[field] = interleave(list.filter(isRecord), [], before, keys.merge, order);
}
