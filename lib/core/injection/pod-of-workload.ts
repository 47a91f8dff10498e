import { fieldOf, isObject, type JsonObject, type JsonValue, objectAt, textAt } from './engine/json-types';
import type { WorkloadKind } from './engine/workload-kinds';

/** Stands for what a controller makes of the template's hash or of a CronJob's time. */
export const STAND_IN_HASH = 'preview';
const JOB_TIME = '12345678';
const HASH_LABEL = 'pod-template-hash';

const at = (object: JsonValue, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((value, key) => fieldOf(value, key), object);

function setAt(object: JsonObject, [key, ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (key === undefined) return isObject(value) ? value : object;
  return { ...object, [key]: rest.length === 0 ? value : setAt(objectAt(object, key), rest, value) };
}

/** Where the pod's own metadata stands: a CronJob has it one level deeper than kube-inject looks. */
function places(kind: WorkloadKind) {
  const base = kind.spec.slice(0, -1);
  return { metadata: [...base, 'metadata'], spec: kind.spec };
}

/**
 * The pod that a controller will create of a workload's template, as an injector sees it: with its owner and the label
 * by which the Deployment behind a ReplicaSet is known. A Pod is itself.
 */
export function podOfWorkload(kind: WorkloadKind, object: JsonObject): JsonObject {
  if (kind.kind === 'Pod') return object;
  const { metadata, spec } = places(kind);
  const own = at(object, metadata);
  const template = isObject(own) ? own : {};
  const name = textAt(objectAt(object, 'metadata'), 'name');
  const namespace = textAt(objectAt(object, 'metadata'), 'namespace');
  const owner = ownerOf(kind.kind, textAt(object, 'apiVersion'), name);
  const labels =
    kind.kind === 'Deployment'
      ? { ...objectAt(template, 'labels'), [HASH_LABEL]: STAND_IN_HASH }
      : objectAt(template, 'labels');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template,
      generateName: `${owner.name}-`,
      ...(namespace === '' ? {} : { namespace }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ownerReferences: [{ ...owner, uid: '', controller: true }],
    },
    spec: at(object, spec) ?? {},
  };
}

function ownerOf(kind: string, apiVersion: string, name: string) {
  if (kind === 'Deployment') return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-${STAND_IN_HASH}` };
  if (kind === 'CronJob') return { apiVersion: 'batch/v1', kind: 'Job', name: `${name}-${JOB_TIME}` };
  return { apiVersion, kind, name };
}

/** The workload with the injected pod in its template, without what the controller had added. */
export function withPod(kind: WorkloadKind, object: JsonObject, pod: JsonObject): JsonObject {
  if (kind.kind === 'Pod') return pod;
  const { metadata, spec } = places(kind);
  const {
    generateName: _name,
    namespace: _namespace,
    ownerReferences: _owners,
    labels,
    ...rest
  } = objectAt(pod, 'metadata');
  const { [HASH_LABEL]: hash, ...others } = isObject(labels) ? labels : {};
  const kept = hash === undefined || hash === STAND_IN_HASH ? others : { ...others, [HASH_LABEL]: hash };
  const made = { ...rest, ...(Object.keys(kept).length === 0 ? {} : { labels: kept }) };
  return setAt(setAt(object, metadata, made), spec, pod.spec ?? {});
}
