import { decodeShared } from '@/lib/core/gotemplate/schema/template-data';
import { flattenPod, type PodParts } from './flatten-pod';
import { type InjectedStages, injectOne, type PodRequest } from './inject-one';
import { InjectionFault } from './injection-refusal';
import {
  isEqualJson,
  isList,
  isObject,
  type JsonMap,
  type JsonObject,
  type JsonValue,
  objectAt,
  textsOf,
} from './json-types';
import { setKey } from './yaml-value';

/** What a part depends on. */
export interface PartSources {
  /** Annotations of the pod that shape it. */
  readonly annotations: readonly string[];
  /** Paths in the injector's values that shape it, such as `global.proxy.logLevel`. */
  readonly values: readonly string[];
}

const MAX_VALUES = 200;
/** Values that the injector itself reads. */
const OUTSIDE_TEMPLATES = [
  'global',
  'hub',
  'tag',
  'variant',
  'proxy',
  'proxy_init',
  'image',
  'multiCluster',
  'clusterName',
  'network',
  'sidecarInjectorWebhook',
  'rewriteAppHTTPProbe',
  'holdApplicationUntilProxyStarts',
];
const OWN_ANNOTATION = /istio\.io\/|^prometheus|^kubectl\.kubernetes\.io\/|datadoghq|opentelemetry/;

/**
 * Finds out which annotations and which values shape each part of an injected pod: each is changed in turn and the pod rendered again.
 *
 * Input: the stages of an injection.
 * Output: parts by path, as `explainOrigins` names them; a part that depends on nothing of the kind is absent.
 * Takes one rendering per annotation and value, some ten milliseconds together; for a person who asks, not for every pod.
 */
export function traceSources(stages: InjectedStages): ReadonlyMap<string, PartSources> {
  const { request } = stages;
  const base = flattenPod(stages.result);
  const found = new Map<string, { annotations: string[]; values: string[] }>();
  const note = (kind: keyof PartSources, name: string, changed: PodParts | undefined) => {
    for (const path of changed === undefined ? [] : differing(base, changed)) {
      const sources = found.get(path) ?? { annotations: [], values: [] };
      sources[kind].push(name);
      found.set(path, sources);
    }
  };
  for (const name of Object.keys(textsOf(objectAt(stages.original, 'metadata').annotations)).filter((key) =>
    OWN_ANNOTATION.test(key),
  )) {
    note('annotations', name, render(withoutAnnotation(request, name)));
  }
  for (const path of readValuePaths(request, stages))
    note('values', path.join('.'), render(withChangedValue(request, path)));
  return found;
}

function differing(base: PodParts, changed: PodParts): readonly string[] {
  return [...new Set([...base.keys(), ...changed.keys()])].filter(
    (path) =>
      !isEqualJson(base.get(path), changed.get(path)) &&
      !path.startsWith('metadata.annotations[sidecar.istio.io/status]'),
  );
}

function render(request: PodRequest): PodParts | undefined {
  try {
    return flattenPod(injectOne(request).result);
  } catch (error) {
    if (error instanceof InjectionFault) return undefined;
    throw error;
  }
}

function withoutAnnotation(request: PodRequest, name: string): PodRequest {
  const metadata = objectAt(request.pod, 'metadata');
  const { [name]: _removed, ...annotations } = objectAt(metadata, 'annotations');
  return { ...request, pod: { ...request.pod, metadata: { ...metadata, annotations } } };
}

/** Paths of values whose last key some rendered template mentions. */
function readValuePaths(request: PodRequest, { rendered }: InjectedStages): readonly (readonly string[])[] {
  const texts = rendered.map(({ name }) => request.settings.templates.get(name) ?? '').join('\n');
  const words = new Set([...OUTSIDE_TEMPLATES, ...(texts.match(/\w+/g) ?? [])]);
  const paths: (readonly string[])[] = [];
  const walk = (value: JsonValue, path: readonly string[]) => {
    if (isObject(value) && Object.keys(value).length > 0) {
      for (const [key, item] of Object.entries(value))
        if (words.has(key) || path.includes('resources')) walk(item, [...path, key]);
    } else if (path.length > 0) paths.push(path);
  };
  walk(request.values, []);
  return paths.slice(0, MAX_VALUES);
}

function withChangedValue(request: PodRequest, path: readonly string[]): PodRequest {
  const values = changeAt(request.values, path);
  return { ...request, values, shared: { ...request.shared, values: decodeShared.values(values) } };
}

function changeAt(values: JsonObject, [key, ...rest]: readonly string[]): JsonObject {
  if (key === undefined) return values;
  const out: JsonMap = { ...values };
  const current = values[key] ?? null;
  setKey(out, key, rest.length === 0 ? changed(current) : changeAt(isObject(current) ? current : {}, rest));
  return out;
}

function changed(value: JsonValue): JsonValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (isList(value)) return value.length === 0 ? ['changed'] : [];
  if (typeof value !== 'string') return null;
  // A quantity has to stay one, or the pod would be refused.
  const number = /^(\d+)(.*)$/.exec(value);
  return number === null ? `${value}-changed` : `${Number(number[1]) + 1}${number[2] ?? ''}`;
}
