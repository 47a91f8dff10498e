import { isList, isObject, type JsonMap, type JsonObject, type JsonValue } from './json-types';
import { fieldIndex, type KubeType, kubeStruct } from './kube-schema';
import { MergeError, mergeList, reorderList, unknownDirective } from './merge-lists';
import { setKey } from './yaml-value';

const PATCH = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ORDER_PREFIX = '$setElementOrder/';
const DELETE_PREFIX = '$deleteFromPrimitiveList/';

/**
 * Lays a strategic merge patch over an object.
 *
 * Input: the object as JSON of the struct `structName`, the patch as any JSON object.
 * Output: a new object; neither input is changed. It still has to go through `decodeKube`.
 * Fails with a `MergeError` on a directive that makes no sense or a list item without its merge key.
 * Source: Kubernetes, apimachinery/pkg/util/strategicpatch, StrategicMergePatch.
 */
export function mergeStrategic(original: JsonObject, patch: JsonObject, structName: string): JsonObject {
  return mergeObject(original, patch, { kind: 'struct', name: structName });
}

/** What a patch object does to an object of a type; `mergeList` calls it for the items of lists. */
function mergeObject(original: JsonObject, patch: JsonObject, type: KubeType): JsonObject {
  if (Object.hasOwn(patch, PATCH)) return applyDirective(patch);
  const out: JsonMap = retainKeys(original, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key === RETAIN_KEYS || key.startsWith(ORDER_PREFIX)) continue;
    if (key.startsWith(DELETE_PREFIX)) deleteScalars(out, key.slice(DELETE_PREFIX.length), value);
    else mergeField(out, key, value, type);
  }
  for (const [key, order] of Object.entries(patch)) {
    if (key.startsWith(ORDER_PREFIX)) orderField(out, original, key.slice(ORDER_PREFIX.length), order, type);
  }
  return out;
}

function applyDirective(patch: JsonObject): JsonObject {
  const directive = patch[PATCH];
  if (directive === 'delete') return {};
  if (directive !== 'replace') throw unknownDirective(patch);
  return Object.fromEntries(Object.entries(patch).filter(([key]) => key !== PATCH));
}

function retainKeys(original: JsonObject, patch: JsonObject): JsonMap {
  const kept = patch[RETAIN_KEYS];
  if (kept === undefined) return { ...original };
  if (!isList(kept)) throw new MergeError('invalid patch format of retainKeys');
  const names = new Set(kept);
  for (const [key, value] of Object.entries(patch)) {
    const isDirective = key === RETAIN_KEYS || key.startsWith(DELETE_PREFIX) || key.startsWith(ORDER_PREFIX);
    if (value !== null && !isDirective && !names.has(key)) throw new MergeError('invalid patch format of retainKeys');
  }
  return Object.fromEntries(Object.entries(original).filter(([key]) => names.has(key)));
}

function mergeField(out: JsonMap, key: string, value: JsonValue, type: KubeType): void {
  if (value === null) {
    delete out[key];
    return;
  }
  const current = Object.hasOwn(out, key) ? out[key] : undefined;
  const field = fieldTypeOf(type, key);
  const merged =
    isObject(current) && isObject(value)
      ? mergeObject(current, value, field.type)
      : isList(current) && isList(value)
        ? mergeLists(current, value, field)
        : cleanPatch(value);
  if (merged === undefined) delete out[key];
  else setKey(out, key, merged);
}

function mergeLists(current: readonly JsonValue[], value: readonly JsonValue[], field: FieldType): JsonValue {
  return field.mergeKey === undefined ? value : mergeList(current, value, field.mergeKey, field.item, mergeObject);
}

/** A value that meets nothing to merge with: without nulls at any depth, and without maps that hold a directive. */
function cleanPatch(value: JsonValue): JsonValue | undefined {
  if (isList(value)) return value.map(cleanPatch).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, PATCH)) return undefined;
  const out: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    const cleaned = item === null ? undefined : cleanPatch(item);
    if (cleaned !== undefined) setKey(out, key, cleaned);
  }
  return out;
}

function deleteScalars(out: JsonMap, key: string, value: JsonValue): void {
  const current = out[key];
  if (!isList(value)) throw new MergeError('invalid patch format of primitive list');
  if (isList(current)) out[key] = current.filter((item) => !value.includes(item));
}

function orderField(out: JsonMap, original: JsonObject, key: string, order: JsonValue, type: KubeType): void {
  const current = out[key];
  if (!isList(order)) throw new MergeError('invalid patch format of setElementOrder list');
  if (original[key] === null) throw new MergeError('expected a []interface {}, but received a %!s(<nil>)');
  if (!isList(current)) return;
  const before = original[key];
  out[key] = reorderList(current, order, isList(before) ? before : [], fieldTypeOf(type, key).mergeKey ?? '');
}

interface FieldType {
  readonly type: KubeType;
  readonly item: KubeType;
  readonly mergeKey?: string;
}

const UNTYPED: KubeType = { kind: 'scalar', scalar: 'Raw' };

function fieldTypeOf(type: KubeType, key: string): FieldType {
  const bare = type.kind === 'pointer' ? type.of : type;
  if (bare.kind === 'map') return { type: bare.of, item: UNTYPED };
  if (bare.kind !== 'struct') return { type: UNTYPED, item: UNTYPED };
  const struct = kubeStruct(bare.name);
  const field = struct.fields[fieldIndex(struct, key) ?? -1];
  if (field === undefined) return { type: UNTYPED, item: UNTYPED };
  return {
    type: field.type,
    item: field.type.kind === 'list' ? field.type.of : UNTYPED,
    ...(field.mergeKey !== undefined && { mergeKey: field.mergeKey }),
  };
}
