import { goValueText } from './go-text';
import { isObject, type JsonObject, type JsonValue } from './json-types';
import { writeGoJson } from './kube-json';
import type { KubeType } from './kube-schema';

/** A patch that upstream refuses; the text is upstream's. */
export class MergeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MergeError';
  }
}

export function unknownDirective(patch: JsonValue): MergeError {
  const directive = isObject(patch) ? patch[PATCH] : undefined;
  return new MergeError(`unknown patch type: ${goValueText(directive ?? null)} in map: ${goValueText(patch)}`);
}

type MergeItems = (original: JsonObject, patch: JsonObject, type: KubeType) => JsonObject;

const PATCH = '$patch';

/**
 * Merges two lists by the key of their items, or as sets of scalars when the key is empty.
 *
 * Output order: items that the patch names come in patch order; the others keep theirs, before a shared item that followed them.
 * Source: Kubernetes, apimachinery/pkg/util/strategicpatch, mergeSlice.
 */
export function mergeList(
  original: readonly JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
  itemType: KubeType,
  mergeItems: MergeItems,
): readonly JsonValue[] {
  if (original.length === 0 && patch.length === 0) return original;
  if (mergeKey === '') return orderMerged([...new Set([...original, ...patch])], patch, original, mergeKey);
  const special = applySpecialItems(original, patch, mergeKey);
  const merged = [...special.original];
  for (const item of special.patch) {
    const key = keyOf(item, mergeKey);
    const index = merged.findIndex((candidate) => isSameKey(candidate, mergeKey, key));
    const found = merged[index];
    if (isObject(found) && isObject(item)) merged[index] = mergeItems(found, item, itemType);
    else merged.push(item);
  }
  return orderMerged(merged, special.patch, special.original, mergeKey);
}

/** Puts a list into the explicit order that a patch asks for. */
export function reorderList(
  merged: readonly JsonValue[],
  order: readonly JsonValue[],
  original: readonly JsonValue[],
  mergeKey: string,
): readonly JsonValue[] {
  return orderMerged(merged, order, original, mergeKey);
}

interface SpecialResult {
  readonly original: readonly JsonValue[];
  readonly patch: readonly JsonValue[];
}

function applySpecialItems(
  original: readonly JsonValue[],
  patch: readonly JsonValue[],
  mergeKey: string,
): SpecialResult {
  let kept = original;
  let isReplaced = false;
  const plain: JsonValue[] = [];
  for (const item of patch) {
    const directive = isObject(item) ? item[PATCH] : undefined;
    if (directive === undefined) plain.push(item);
    else if (directive === 'replace') isReplaced = true;
    else if (directive === 'delete') {
      const key = keyOf(item, mergeKey);
      kept = kept.filter((candidate) => !isSameKey(candidate, mergeKey, key));
    } else if (directive === 'merge') throw new MergeError('merging lists cannot yet be specified in the patch');
    else throw unknownDirective(item);
  }
  return isReplaced ? { original: plain, patch: [] } : { original: kept, patch: plain };
}

function orderMerged(
  merged: readonly JsonValue[],
  patch: readonly JsonValue[],
  original: readonly JsonValue[],
  mergeKey: string,
): readonly JsonValue[] {
  const keyed = merged.map((item) => ({ item, key: identity(item, mergeKey) }));
  const patchPlaces = placesOf(patch, mergeKey);
  const originalPlaces = placesOf(original, mergeKey);
  const placeIn = (places: ReadonlyMap<JsonValue, number>, key: JsonValue) => places.get(key) ?? -1;
  const named = keyed.filter(({ key }) => patchPlaces.has(key));
  named.sort((one, two) => placeIn(patchPlaces, one.key) - placeIn(patchPlaces, two.key));
  const others = keyed.filter(({ key }) => !patchPlaces.has(key));
  const out: JsonValue[] = [];
  let next = 0;
  for (const { item, key } of named) {
    const place = placeIn(originalPlaces, key);
    for (let other = others[next]; other !== undefined; other = others[next]) {
      const otherPlace = placeIn(originalPlaces, other.key);
      if (place < 0 || otherPlace < 0 || otherPlace >= place) break;
      out.push(other.item);
      next += 1;
    }
    out.push(item);
  }
  return [...out, ...others.slice(next).map(({ item }) => item)];
}

function placesOf(items: readonly JsonValue[], mergeKey: string): ReadonlyMap<JsonValue, number> {
  const places = new Map<JsonValue, number>();
  for (const [index, item] of items.entries()) {
    const key = identity(item, mergeKey);
    if (!places.has(key)) places.set(key, index);
  }
  return places;
}

function identity(item: JsonValue, mergeKey: string): JsonValue {
  return mergeKey === '' ? item : keyOf(item, mergeKey);
}

function keyOf(item: JsonValue, mergeKey: string): JsonValue {
  if (!isObject(item)) throw new MergeError(`expected a map, but received ${writeGoJson(item)}`);
  const key = Object.hasOwn(item, mergeKey) ? item[mergeKey] : undefined;
  if (key === undefined)
    throw new MergeError(`map: ${goValueText(item)} does not contain declared merge key: ${mergeKey}`);
  return key;
}

function isSameKey(item: JsonValue, mergeKey: string, key: JsonValue): boolean {
  if (!isObject(item)) throw new MergeError(`expected a map, but received ${writeGoJson(item)}`);
  return Object.hasOwn(item, mergeKey) && item[mergeKey] === key;
}
