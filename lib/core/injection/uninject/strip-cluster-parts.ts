import {
  isObject,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  objectsAt,
  textAt,
  textsOf,
} from '@/lib/core/injection/engine/json-types';
import { findKeyFacts } from '@/lib/core/pod/key-facts.data';
import { LIMIT_RANGER_ANNOTATION, TOKEN_MOUNT_PATH, TOKEN_VOLUME } from '@/lib/core/pod/pod-names.data';
import { isDefaultToleration } from '@/lib/core/pod/strip-admission';
import { type LimitRangeDefault, parseLimitRanges } from '@/lib/core/pod/strip-limit-range';
import { CONTAINER_LISTS } from './read-marks';

/**
 * A pod without what the API server's own admission, the scheduler and controllers put into it: service account token,
 * default tolerations, node, defaults of a LimitRange, labels of controllers.
 *
 * Output: metadata with name, namespace, labels and annotations only, and the spec; injection is not touched.
 */
export function stripClusterParts(pod: JsonObject): JsonObject {
  const { nodeName: _node, tolerations: _tolerations, volumes: _volumes, ...spec } = objectAt(pod, 'spec');
  const tolerations = listAt(objectAt(pod, 'spec'), 'tolerations').filter((each) => !isDefaultToleration(each));
  const volumes = objectsAt(objectAt(pod, 'spec'), 'volumes').filter(
    (volume) => !TOKEN_VOLUME.test(textAt(volume, 'name')),
  );
  const ranges = parseLimitRanges(textsOf(objectAt(pod, 'metadata').annotations)[LIMIT_RANGER_ANNOTATION]);
  const lists = CONTAINER_LISTS.flatMap((list) =>
    spec[list] === undefined
      ? []
      : [[list, objectsAt(spec, list).map((each) => withoutLimitRange(withoutTokenMount(each), ranges))] as const],
  );
  return {
    metadata: withoutControllerKeys(objectAt(pod, 'metadata')),
    spec: {
      ...spec,
      ...Object.fromEntries(lists),
      ...(volumes.length > 0 ? { volumes } : {}),
      ...(tolerations.length > 0 ? { tolerations } : {}),
    },
  };
}

/** Metadata without what controllers and the API server add; of the rest only what an author writes. */
export function withoutControllerKeys(metadata: JsonObject): JsonObject {
  const keep = (map: 'labels' | 'annotations', kind: 'label' | 'annotation') => {
    const texts = Object.entries(textsOf(metadata[map])).filter(([key]) => {
      const origin = findKeyFacts(kind, key)?.origin;
      return origin !== 'workload-controller' && origin !== 'api-server' && key !== LIMIT_RANGER_ANNOTATION;
    });
    return texts.length > 0 ? { [map]: Object.fromEntries(texts) } : {};
  };
  return {
    ...pick(metadata, 'name'),
    ...pick(metadata, 'namespace'),
    ...keep('labels', 'label'),
    ...keep('annotations', 'annotation'),
  };
}

function pick(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return value === undefined ? {} : { [key]: value };
}

function withoutTokenMount(container: JsonObject): JsonObject {
  const { volumeMounts: _mounts, ...rest } = container;
  const kept = objectsAt(container, 'volumeMounts').filter((mount) => textAt(mount, 'mountPath') !== TOKEN_MOUNT_PATH);
  return kept.length > 0 ? { ...rest, volumeMounts: kept } : rest;
}

function withoutLimitRange(container: JsonObject, ranges: readonly LimitRangeDefault[]): JsonObject {
  const own = ranges.filter((range) => range.container === textAt(container, 'name'));
  if (own.length === 0) return container;
  const resources = objectAt(container, 'resources');
  const left = (['requests', 'limits'] as const).flatMap((kind) => {
    const filled = new Set(own.filter((range) => range.kind === kind).flatMap((range) => range.resources));
    const kept = Object.entries(objectAt(resources, kind)).filter(([resource]) => !filled.has(resource));
    return kept.length > 0 ? [[kind, Object.fromEntries(kept)] as const] : [];
  });
  return { ...container, resources: Object.fromEntries(left) };
}

/** An object of a cluster as a manifest: without what the API server keeps for itself. */
export function toManifest(object: JsonObject): JsonObject {
  const { status: _status, ...rest } = object;
  const { name, namespace, labels, annotations } = objectAt(object, 'metadata');
  const { [LAST_APPLIED]: _applied, ...others } = textsOf(annotations);
  const entries: readonly (readonly [string, JsonValue | undefined])[] = [
    ['name', name],
    ['namespace', namespace],
    ['labels', labels],
    ['annotations', Object.keys(others).length > 0 ? others : undefined],
  ];
  const metadata = Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  return { ...rest, metadata };
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** True for an object that an API server has given out. */
export function isFromCluster(object: JsonObject): boolean {
  return isObject(object.metadata) && textAt(object.metadata, 'uid') !== '';
}
