import { isList, isObject, type JsonObject, type JsonValue } from './json-types';
import { fieldIndex, type KubeType, kubeStruct } from './kube-schema';

/** Parts of a pod by their path, such as `spec.containers[istio-proxy].env[POD_NAME]`. */
export type PodParts = ReadonlyMap<string, JsonValue>;

// What a person sees as one thing, however many fields it has.
const WHOLE_ITEMS: ReadonlySet<string> = new Set([
  'env',
  'ports',
  'volumeMounts',
  'volumeDevices',
  'volumes',
  'imagePullSecrets',
]);

/**
 * Takes a pod apart into the pieces that injection adds or changes one by one.
 *
 * Output: list items stand under their merge key, so their place does not matter; other lists, variables, ports and volumes are one piece.
 */
export function flattenPod(pod: JsonObject): PodParts {
  const parts = new Map<string, JsonValue>();
  flattenStruct(parts, 'metadata', pod.metadata ?? {}, 'ObjectMeta');
  flattenStruct(parts, 'spec', pod.spec ?? {}, 'PodSpec');
  return parts;
}

function flattenStruct(parts: Map<string, JsonValue>, path: string, value: JsonValue, name: string): void {
  if (!isObject(value)) return;
  const struct = kubeStruct(name);
  for (const [key, item] of Object.entries(value)) {
    const field = struct.fields[fieldIndex(struct, key) ?? -1];
    if (field === undefined) continue;
    const at = `${path}.${key}`;
    if (isList(item) && field.mergeKey !== undefined && field.mergeKey !== '' && field.type.kind === 'list') {
      flattenItems(parts, at, key, item, field.mergeKey, field.type.of);
    } else flatten(parts, at, item, field.type);
  }
}

function flattenItems(
  parts: Map<string, JsonValue>,
  path: string,
  key: string,
  items: readonly JsonValue[],
  mergeKey: string,
  type: KubeType,
): void {
  for (const item of items) {
    const at = `${path}[${isObject(item) ? String(item[mergeKey]) : ''}]`;
    if (WHOLE_ITEMS.has(key)) parts.set(at, item);
    else flatten(parts, at, item, type);
  }
}

function flatten(parts: Map<string, JsonValue>, path: string, value: JsonValue, type: KubeType): void {
  const bare = type.kind === 'pointer' ? type.of : type;
  if (bare.kind === 'struct' && isObject(value) && Object.keys(value).length > 0) {
    flattenStruct(parts, path, value, bare.name);
  } else if (bare.kind === 'map' && isObject(value) && Object.keys(value).length > 0) {
    for (const [key, item] of Object.entries(value)) parts.set(`${path}[${key}]`, item);
  } else parts.set(path, value);
}
