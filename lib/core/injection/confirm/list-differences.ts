import { isEqualJson, isList, isObject, type JsonObject, type JsonValue } from '@/lib/core/injection/engine/json-types';
import { fieldIndex, type KubeType, kubeStruct } from '@/lib/core/injection/engine/kube-schema';

/** One place where two pods differ. */
export interface Difference {
  /** As in `spec.containers[istio-proxy].env[POD_NAME]`. */
  readonly path: string;
  /** The same without the names of items, as in `spec.containers[].env[]`. */
  readonly pattern: string;
  readonly kind: 'value' | 'order';
  /** Undefined where that side has nothing. */
  readonly left: JsonValue | undefined;
  readonly right: JsonValue | undefined;
  /** The items of the left side in which the place lies, outermost first. */
  readonly within: readonly JsonObject[];
}

interface Place {
  readonly path: string;
  readonly pattern: string;
  readonly within: readonly JsonObject[];
}

/** Lists whose order has a meaning. */
const ORDERED: ReadonlySet<string> = new Set(['containers', 'initContainers', 'env']);

/**
 * Lists every field in which two pods differ.
 *
 * Input: both after the typed round trip. Items of lists are paired by their merge key, so that one item more is one difference.
 * Output: in the order of the left pod's fields; what only the right one has follows where it stands.
 */
export function listDifferences(left: JsonObject, right: JsonObject): readonly Difference[] {
  const out: Difference[] = [];
  const root = (key: string): Place => ({ path: key, pattern: key, within: [] });
  walkStruct(out, root('metadata'), left.metadata, right.metadata, 'ObjectMeta');
  walkStruct(out, root('spec'), left.spec, right.spec, 'PodSpec');
  return out;
}

function walkStruct(out: Difference[], place: Place, left: Side, right: Side, name: string): void {
  const struct = kubeStruct(name);
  for (const key of keysOf(left, right)) {
    const field = struct.fields[fieldIndex(struct, key) ?? -1];
    if (field === undefined) continue;
    const at = { ...place, path: `${place.path}.${key}`, pattern: `${place.pattern}.${key}` };
    const [one, two] = [itemOf(left, key), itemOf(right, key)];
    if (field.type.kind === 'list' && field.mergeKey !== undefined && field.mergeKey !== '') {
      walkKeyed(out, at, key, listOrNone(one), listOrNone(two), field.mergeKey, field.type.of);
    } else walk(out, at, one, two, field.type);
  }
}

type Side = JsonValue | undefined;

function walk(out: Difference[], place: Place, left: Side, right: Side, type: KubeType): void {
  if (isEqualJson(left, right)) return;
  const bare = type.kind === 'pointer' ? type.of : type;
  const isFilled = [left, right].some((side) => isObject(side) && Object.keys(side).length > 0);
  const hasParts = isFilled && [left, right].every((side) => side === undefined || isObject(side));
  if (bare.kind === 'struct' && hasParts) walkStruct(out, place, left, right, bare.name);
  else if (bare.kind === 'map' && hasParts) walkMap(out, place, left, right);
  else if (bare.kind === 'list' && bare.of.kind === 'struct') walkList(out, place, left, right, bare.of);
  else out.push({ ...place, kind: 'value', left, right });
}

function walkMap(out: Difference[], place: Place, left: Side, right: Side): void {
  for (const key of keysOf(left, right)) {
    const [one, two] = [itemOf(left, key), itemOf(right, key)];
    if (isEqualJson(one, two)) continue;
    out.push({ ...place, path: `${place.path}[${key}]`, kind: 'value', left: one, right: two });
  }
}

/** Without a key, items are paired by their place where there are as many, else by being equal. */
function walkList(out: Difference[], place: Place, left: Side, right: Side, type: KubeType): void {
  const [one, two] = [listOrNone(left), listOrNone(right)];
  const at = (index: number): Place => ({
    ...place,
    path: `${place.path}[${index}]`,
    pattern: `${place.pattern}[]`,
  });
  if (one.length === two.length) {
    for (const [index, item] of one.entries()) walk(out, at(index), item, two[index], type);
    return;
  }
  const isIn = (item: JsonValue, items: readonly JsonValue[]) => items.some((other) => isEqualJson(item, other));
  for (const [index, item] of one.entries())
    if (!isIn(item, two)) out.push({ ...at(index), kind: 'value', left: item, right: undefined });
  for (const [index, item] of two.entries())
    if (!isIn(item, one)) out.push({ ...at(index), kind: 'value', left: undefined, right: item });
}

function walkKeyed(
  out: Difference[],
  place: Place,
  key: string,
  left: readonly JsonValue[],
  right: readonly JsonValue[],
  mergeKey: string,
  type: KubeType,
): void {
  const [one, two] = [byName(left, mergeKey), byName(right, mergeKey)];
  for (const name of new Set([...one.keys(), ...two.keys()])) {
    const [item, other] = [one.get(name), two.get(name)];
    const at = {
      path: `${place.path}[${name}]`,
      pattern: `${place.pattern}[]`,
      within: isObject(item) ? [...place.within, item] : place.within,
    };
    if (item === undefined || other === undefined) out.push({ ...at, kind: 'value', left: item, right: other });
    else walk(out, at, item, other, type);
  }
  const shared = (map: ReadonlyMap<string, JsonValue>, others: ReadonlyMap<string, JsonValue>) =>
    [...map.keys()].filter((name) => others.has(name));
  const [order, otherOrder] = [shared(one, two), shared(two, one)];
  if (ORDERED.has(key) && !isEqualJson(order, otherOrder))
    out.push({ ...place, kind: 'order', left: order, right: otherOrder });
}

/** A key may come twice, as a port with two protocols does. */
function byName(items: readonly JsonValue[], mergeKey: string): ReadonlyMap<string, JsonValue> {
  const map = new Map<string, JsonValue>();
  for (const item of items) {
    const key = isObject(item) ? String(item[mergeKey] ?? '') : '';
    let name = key;
    for (let again = 2; map.has(name); again += 1) name = `${key} #${again}`;
    map.set(name, item);
  }
  return map;
}

const keysOf = (left: Side, right: Side): ReadonlySet<string> =>
  new Set([left, right].flatMap((side) => (isObject(side) ? Object.keys(side) : [])));
const itemOf = (side: Side, key: string): Side => (isObject(side) ? side[key] : undefined);
const listOrNone = (side: Side): readonly JsonValue[] => (isList(side) ? side : []);
