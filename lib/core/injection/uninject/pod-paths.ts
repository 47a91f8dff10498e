import { isList, isObject, type JsonObject, type JsonValue } from '@/lib/core/injection/engine/json-types';

/** Lists whose items a path names by something other than their name. */
const ITEM_KEYS: Readonly<Record<string, string>> = {
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

const STEP = /\.?([^.[\]]+)|\[(.*?)\](?=[.[]|$)/g;

/** The steps of a path such as `spec.volumes[data].emptyDir`; a step in brackets is the key of an item or of a map. */
function toSteps(path: string): readonly string[] {
  return [...path.matchAll(STEP)].map(([, field, key]) => field ?? key ?? '');
}

/** A pod with another value at one path; undefined takes it away, and every map and list that this leaves empty. */
export function withPart(pod: JsonObject, path: string, value: JsonValue | undefined): JsonObject {
  const changed = setIn(pod, toSteps(path), '', value);
  return isObject(changed) ? changed : {};
}

/** The value at a path of `flattenPod`; undefined where there is none. */
export function partAt(pod: JsonObject, path: string): JsonValue | undefined {
  let parent = '';
  let at: JsonValue | undefined = pod;
  for (const step of toSteps(path)) {
    at = isList(at) ? at[indexOf(at, parent, step)] : isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    parent = step;
  }
  return at;
}

function setIn(
  at: JsonValue | undefined,
  [step, ...rest]: readonly string[],
  parent: string,
  value: JsonValue | undefined,
): JsonValue | undefined {
  if (step === undefined) return value;
  if (isList(at) || (at === undefined && LISTS.has(parent)))
    return setInList(isList(at) ? at : [], step, rest, parent, value);
  const object = isObject(at) ? at : {};
  const inner = setIn(Object.hasOwn(object, step) ? object[step] : undefined, rest, step, value);
  if (inner !== undefined) return { ...object, [step]: inner };
  const { [step]: _gone, ...others } = object;
  return Object.keys(others).length === 0 && parent !== '' ? undefined : others;
}

const LISTS: ReadonlySet<string> = new Set([
  'containers',
  'initContainers',
  'volumes',
  'imagePullSecrets',
  'env',
  ...Object.keys(ITEM_KEYS),
]);

function setInList(
  list: readonly JsonValue[],
  step: string,
  rest: readonly string[],
  parent: string,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const index = indexOf(list, parent, step);
  const inner = setIn(index < 0 ? undefined : list[index], rest, step, value);
  if (index < 0) return inner === undefined ? list : [...list, inner];
  if (inner !== undefined) return list.map((item, place) => (place === index ? inner : item));
  const others = list.filter((_item, place) => place !== index);
  return others.length === 0 ? undefined : others;
}

function indexOf(list: readonly JsonValue[], parent: string, step: string): number {
  const key = ITEM_KEYS[parent] ?? 'name';
  return list.findIndex((item) => isObject(item) && String(item[key]) === step);
}
