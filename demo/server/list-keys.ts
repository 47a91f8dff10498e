import { isRecord } from './json-access';
import { CONTAINER_PORT_KEYS, LIST_KEYS, type ListKeys, SERVICE_PORT_KEYS } from './list-keys.data';
import type { JsonObject } from './object-types';

/** The keys by which a list field is merged; undefined for a list that is replaced as a whole. */
export function listKeysOf(field: string, items: readonly unknown[]): ListKeys | undefined {
  const sample = items.find(isRecord);
  if (sample === undefined) return LIST_KEYS[field];
  if (field === 'ports') {
    if ('containerPort' in sample) return CONTAINER_PORT_KEYS;
    // An endpoint slice has `ports` too, without a merge key: its ports carry no targetPort and its owner no such list.
    return 'port' in sample ? SERVICE_PORT_KEYS : undefined;
  }
  return LIST_KEYS[field];
}

/** The key fields of an item; a port without a protocol is a TCP port. */
export function ownerKey(item: JsonObject, keys: ListKeys): JsonObject {
  const key: JsonObject = {};
  for (const field of keys.owner) {
    const value = item[field] ?? (field === 'protocol' ? 'TCP' : undefined);
    if (value !== undefined) key[field] = value;
  }
  return key;
}
