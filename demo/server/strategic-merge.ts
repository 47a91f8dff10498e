import { goText } from './go-text';
import { isRecord, jsonEqual } from './json-access';
import { type ListSchema, memberOf, type TypeSchema } from './object-schema';
import type { JsonObject } from './object-types';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ORDER = '$setElementOrder/';
const DELETE_VALUES = '$deleteFromPrimitiveList/';

/** A patch that cannot be merged, in upstream's words. */
export class PatchFailure extends Error {}

/**
 * Applies a strategic merge patch: maps merge, null removes, lists merge by the keys of their type.
 *
 * `isUnmatchedNullKept` leaves a null of the patch in what is new, as upstream does within one patch.
 * Fails with `PatchFailure`. Source: k8s.io/apimachinery, pkg/util/strategicpatch/patch.go, mergeMap.
 */
export function applyStrategicMerge(
  schema: TypeSchema | undefined,
  original: JsonObject,
  patch: JsonObject,
): JsonObject {
  if (DIRECTIVE in patch) return followDirective(patch);
  const merged = retained(original, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(ORDER)) setOrder(schema, merged, key.slice(ORDER.length), value, patch);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(ORDER) || patch[`${ORDER}${key}`] !== undefined) continue;
    if (key.startsWith(DELETE_VALUES)) deleteValues(merged, key.slice(DELETE_VALUES.length), value);
    else setMember(schema, merged, key, value);
  }
  return merged;
}

function followDirective(patch: JsonObject): JsonObject {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw unknownPatchType(directive, patch);
}

const unknownPatchType = (directive: unknown, patch: JsonObject) =>
  new PatchFailure(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);

function retained(original: JsonObject, patch: JsonObject): JsonObject {
  const keep = patch[RETAIN_KEYS];
  if (keep === undefined) return { ...original };
  const failure = new PatchFailure('invalid patch format of retainKeys');
  if (!Array.isArray(keep)) throw failure;
  const named = Object.entries(patch).filter(([key, value]) => value !== null && !key.startsWith('$'));
  if (named.some(([key]) => !keep.includes(key))) throw failure;
  return Object.fromEntries(Object.entries(original).filter(([key]) => keep.includes(key)));
}

function setMember(schema: TypeSchema | undefined, merged: JsonObject, key: string, value: unknown): void {
  const old = merged[key];
  if (value === null) delete merged[key];
  else if (isRecord(old) && isRecord(value)) {
    merged[key] = applyStrategicMerge(schema && memberOf(schema, key), old, value);
  } else if (Array.isArray(old) && Array.isArray(value)) {
    merged[key] = mergeList(listOf(schema, key), old, value);
  } else {
    const plain = withoutDirectives(value);
    if (plain === undefined) delete merged[key];
    else merged[key] = plain;
  }
}

function listOf(schema: TypeSchema | undefined, key: string): ListSchema | undefined {
  const member = schema === undefined ? undefined : memberOf(schema, key);
  return member?.kind === 'list' ? member : undefined;
}

/** A value that has nothing to merge with; undefined for one that is a directive itself. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isRecord(value)) return value;
  if (DIRECTIVE in value) return undefined;
  const plain: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const kept = item === null ? undefined : withoutDirectives(item);
    if (kept !== undefined) plain[key] = kept;
  }
  return plain;
}

function mergeList(schema: ListSchema | undefined, original: readonly unknown[], patch: readonly unknown[]): unknown[] {
  if (schema?.merge === undefined) return [...patch];
  if (original.length === 0 && patch.length === 0) return [];
  if (schema.merge.by === 'value') {
    const merged = [...original, ...patch].filter(
      (item, at, all) => all.findIndex((one) => jsonEqual(one, item)) === at,
    );
    return inOrder(merged, patch, original, (item) => item);
  }
  const { key } = schema.merge;
  const { kept, written } = followItemDirectives(original.filter(isRecord), patch.filter(isRecord), key);
  const merged: JsonObject[] = [...kept];
  for (const item of written) {
    const at = merged.findIndex((known) => jsonEqual(requireKey(known, key), requireKey(item, key)));
    const known = merged[at];
    if (known === undefined) merged.push(item);
    else merged[at] = applyStrategicMerge(schema.of, known, item);
  }
  return inOrder(merged, written, kept, (item) => (isRecord(item) ? requireKey(item, key) : item));
}

function requireKey(item: JsonObject, key: string): unknown {
  if (!(key in item)) throw new PatchFailure(`map: ${goText(item)} does not contain declared merge key: ${key}`);
  return item[key];
}

/** What is left of the list and of the patch after the items that only say what to do. */
function followItemDirectives(original: readonly JsonObject[], patch: readonly JsonObject[], key: string) {
  let kept = [...original];
  const written: JsonObject[] = [];
  let isReplaced = false;
  for (const item of patch) {
    const directive = item[DIRECTIVE];
    if (directive === undefined) written.push(item);
    else if (directive === 'replace') isReplaced = true;
    else if (directive === 'merge') throw new PatchFailure('merging lists cannot yet be specified in the patch');
    else if (directive !== 'delete') throw unknownPatchType(directive, item);
    else {
      const id = requireKey(item, key);
      kept = kept.filter((known) => !jsonEqual(known[key], id));
    }
  }
  return isReplaced ? { kept: written, written: [] } : { kept, written };
}

/** Items that `wanted` names come in its order; the others keep their place before them where they had one. */
function inOrder(
  items: readonly unknown[],
  wanted: readonly unknown[],
  before: readonly unknown[],
  idOf: (item: unknown) => unknown,
): unknown[] {
  const placeIn = (list: readonly unknown[], item: unknown) =>
    list.findIndex((one) => jsonEqual(idOf(one), idOf(item)));
  const named = items
    .filter((item) => placeIn(wanted, item) >= 0)
    .sort((left, right) => placeIn(wanted, left) - placeIn(wanted, right));
  const others = items.filter((item) => placeIn(wanted, item) < 0);
  const result: unknown[] = [];
  let next = 0;
  for (const item of named) {
    for (; next < others.length; next += 1) {
      const [other, own] = [placeIn(before, others[next]), placeIn(before, item)];
      if (other < 0 || own < 0 || other >= own) break;
      result.push(others[next]);
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

/** `$setElementOrder/LIST`: merges that list and puts it in this order. */
function setOrder(
  schema: TypeSchema | undefined,
  merged: JsonObject,
  key: string,
  order: unknown,
  patch: JsonObject,
): void {
  const failure = new PatchFailure('invalid patch format of setElementOrder list');
  const [old, value] = [merged[key], patch[key]];
  if (!Array.isArray(order) || (value !== undefined && !Array.isArray(value))) throw failure;
  if (!Array.isArray(old) && value === undefined) return;
  const list = listOf(schema, key);
  const before = Array.isArray(old) ? old : [];
  const isNew = !Array.isArray(old);
  const plain = isNew ? withoutDirectives(value) : value === undefined ? before : mergeList(list, before, value);
  const idOf = (item: unknown) => (list?.merge?.by === 'key' && isRecord(item) ? item[list.merge.key] : item);
  if (Array.isArray(value)) checkOrder(value, order, idOf);
  merged[key] = inOrder(Array.isArray(plain) ? plain : [], order, before, idOf);
}

function checkOrder(patch: readonly unknown[], order: readonly unknown[], idOf: (item: unknown) => unknown): void {
  const written = patch.filter((item) => !isRecord(item) || !(DIRECTIVE in item));
  if (order.length === 0 || written.length === 0) return;
  let next = 0;
  for (const item of order) if (next < written.length && jsonEqual(idOf(item), idOf(written[next]))) next += 1;
  if (next < written.length) {
    const texts = `${goText(patch)}\n doesn't match $setElementOrder list:\n${goText(order)}\n`;
    throw new PatchFailure(`The order in patch list:\n${texts}`);
  }
}

function deleteValues(merged: JsonObject, field: string, values: unknown): void {
  const list = merged[field];
  if (!Array.isArray(list) || !Array.isArray(values)) return;
  merged[field] = list.filter((item) => !values.some((value) => jsonEqual(value, item)));
}
