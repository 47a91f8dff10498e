import type { KubeObject, ObjectRef } from './object-types';

/** The objects of one kind, in the order of a real list: by `namespace/name`, or by name when cluster-wide. */
export interface Shelf {
  get(key: string): KubeObject | undefined;
  set(key: string, object: KubeObject): void;
  remove(key: string): void;
  /** Keys in order, of one namespace or of all. */
  keys(namespace?: string): readonly string[];
  readonly size: number;
}

export function keyOf(ref: ObjectRef): string {
  return ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
}

/** Index of the first key that is not below `key`. */
export function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createShelf(): Shelf {
  const objects = new Map<string, KubeObject>();
  const sorted: string[] = [];
  return {
    get: (key) => objects.get(key),
    set(key, object) {
      if (!objects.has(key)) sorted.splice(lowerBound(sorted, key), 0, key);
      objects.set(key, object);
    },
    remove(key) {
      if (objects.delete(key)) sorted.splice(lowerBound(sorted, key), 1);
    },
    keys(namespace) {
      if (namespace === undefined) return sorted;
      // '0' is the character after '/', so it bounds all keys of the namespace.
      return sorted.slice(lowerBound(sorted, `${namespace}/`), lowerBound(sorted, `${namespace}0`));
    },
    get size() {
      return objects.size;
    },
  };
}
