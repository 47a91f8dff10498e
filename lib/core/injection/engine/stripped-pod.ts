import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { decodeKube } from './decode-struct';
import { goJsonFault } from './go-json-fault';
import { InjectionFault } from './injection-refusal';
import {
  isObject,
  type JsonMap,
  type JsonObject,
  type JsonValue,
  listAt,
  objectAt,
  objectsAt,
  textAt,
  textsOf,
} from './json-types';
import { isPrometheusKey, normaliseKey, PROMETHEUS_PORT_KEY } from './prometheus-keys';

export const OVERRIDES_ANNOTATION = 'proxy.istio.io/overrides';

/** What an earlier injection wrote down: names of the containers that it added. */
export interface InjectionStatus {
  readonly containers: ReadonlySet<string>;
  readonly initContainers: ReadonlySet<string>;
}

/** Containers of the user's that an earlier injection laid over the template's. */
export interface Overrides {
  readonly containers: readonly JsonObject[];
  readonly initContainers: readonly JsonObject[];
}

const NOTHING: InjectionStatus = { containers: new Set(), initContainers: new Set() };

/** The status annotation; undefined where there is none, empty where it does not parse. */
export function readStatus(annotations: Readonly<Record<string, string>>): InjectionStatus | undefined {
  const text = annotations[STATUS_ANNOTATION];
  if (text === undefined) return undefined;
  const parsed = parseObject(text);
  if (parsed === undefined) return NOTHING;
  const names = (key: string) => new Set(listAt(parsed, key).filter((name) => typeof name === 'string'));
  return { containers: names('containers'), initContainers: names('initContainers') };
}

/**
 * The overrides annotation, typed; both lists are empty where there is none.
 *
 * Fails when it is no JSON of containers.
 */
export function readOverrides(annotations: Readonly<Record<string, string>>): Overrides {
  const text = annotations[OVERRIDES_ANNOTATION];
  if (text === undefined) return { containers: [], initContainers: [] };
  const syntax = goJsonFault(text);
  if (syntax !== undefined) throw overridesFault(syntax);
  const spec = decodeKube('Overrides', parseObject(text) ?? JSON.parse(text));
  if (!spec.ok) throw overridesFault(spec.faults[0].text);
  return { containers: objectsAt(spec.value, 'containers'), initContainers: objectsAt(spec.value, 'initContainers') };
}

function overridesFault(detail: string): InjectionFault {
  return new InjectionFault({
    code: 'overrides-invalid',
    values: { annotation: OVERRIDES_ANNOTATION, detail },
    text: `failed to run injection template: ${detail}`,
  });
}

/**
 * The pod that templates see: without what an earlier injection added, with the overrides it wrote down.
 *
 * Source: Istio, pkg/kube/inject, reinsertOverrides and stripPod.
 */
export function toStrippedPod(pod: JsonObject, statusPort: string): JsonObject {
  const annotations = textsOf(objectAt(pod, 'metadata').annotations);
  const status = readStatus(annotations);
  const isReadable = status !== undefined && parseObject(annotations[STATUS_ANNOTATION] ?? '') !== undefined;
  const unmarked = isReadable ? withoutInjected(pod, annotations, status, statusPort) : pod;
  return withOverrides(unmarked, readOverrides(annotations));
}

function withoutInjected(
  pod: JsonObject,
  annotations: Readonly<Record<string, string>>,
  status: InjectionStatus,
  statusPort: string,
): JsonObject {
  const isMerged = Object.entries(annotations).some(
    ([key, value]) => normaliseKey(key) === PROMETHEUS_PORT_KEY && value === statusPort,
  );
  const kept = Object.entries(annotations).filter(
    ([key]) => key !== STATUS_ANNOTATION && !(isMerged && isPrometheusKey(key)),
  );
  const spec = objectAt(pod, 'spec');
  const without = (key: 'containers' | 'initContainers') =>
    objectsAt(spec, key).filter((container) => !status[key].has(textAt(container, 'name')));
  return {
    ...pod,
    metadata: { ...objectAt(pod, 'metadata'), annotations: Object.fromEntries(kept) },
    spec: { ...spec, containers: without('containers'), initContainers: without('initContainers') },
  };
}

function withOverrides(pod: JsonObject, overrides: Overrides): JsonObject {
  const spec = objectAt(pod, 'spec');
  const changed: JsonMap = {};
  for (const key of ['containers', 'initContainers'] as const) {
    const own = objectsAt(spec, key);
    const names = new Set(own.map((container) => textAt(container, 'name')));
    const missing = overrides[key].filter((container) => !names.has(textAt(container, 'name')));
    if (missing.length > 0) changed[key] = [...own, ...missing];
  }
  return { ...pod, spec: { ...spec, ...changed } };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed: JsonValue = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
