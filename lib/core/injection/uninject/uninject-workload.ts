import type { JsonObject, JsonValue } from '@/lib/core/injection/engine/json-types';
import { fieldOf, isObject } from '@/lib/core/injection/engine/json-types';
import type { WorkloadKind } from '@/lib/core/injection/engine/workload-kinds';

const at = (object: JsonObject, path: readonly string[]): JsonObject => {
  const found = path.reduce<JsonValue | undefined>((value, key) => fieldOf(value, key), object);
  return isObject(found) ? found : {};
};

/** Where an object of a kind has its pod: kube-inject writes a CronJob's metadata one level above the pod's own. */
export interface PodPlace {
  readonly metadata: readonly string[];
  readonly spec: readonly string[];
}

/** The places to look for an injected pod in, the pod's own first. */
export function podPlaces({ metadata, spec }: WorkloadKind): readonly PodPlace[] {
  const own = { metadata: [...spec.slice(0, -1), 'metadata'], spec };
  return own.metadata.join('.') === metadata.join('.') ? [own] : [own, { metadata, spec }];
}

/** The pod that stands at a place of a workload. */
export function podAt(object: JsonObject, { metadata, spec }: PodPlace): JsonObject {
  return { metadata: at(object, metadata), spec: at(object, spec) };
}

/** The workload with another pod at this place. */
export function withPodAt(object: JsonObject, { metadata, spec }: PodPlace, pod: JsonObject): JsonObject {
  return setAt(setAt(object, metadata, pod.metadata ?? {}), spec, pod.spec ?? {});
}

function setAt(object: JsonObject, [key, ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (key === undefined) return object;
  const inner = object[key];
  return { ...object, [key]: rest.length === 0 ? value : setAt(isObject(inner) ? inner : {}, rest, value) };
}
