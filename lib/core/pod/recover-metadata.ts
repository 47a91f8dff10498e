import type { ObjectMeta, StringMap } from '@/lib/core/kube/object-types';
import type { PodSpec } from '@/lib/core/kube/pod-types';
import { readTemplateNames } from './injection-marks';
import { parseJson, toJsonObject, toText } from './json-value';
import { findKeyFacts } from './key-facts.data';
import { findProxy } from './pod-containers';
import {
  isPrometheusKey,
  LIMIT_RANGER_ANNOTATION,
  MERGED_METRICS_PATH,
  PROMETHEUS_ENV,
  REWRITE_PROBES_ANNOTATION,
} from './pod-names.data';
import type { PodPhrase } from './pod-phrases.data';

export interface RecoveredMetadata {
  readonly metadata: ObjectMeta;
  readonly uncertain: readonly PodPhrase[];
}

/** Labels and annotations that a controller or the API server put on a pod, taken off; names and times go too. */
export function withoutControllerLabels(metadata: ObjectMeta): ObjectMeta {
  const isAuthors = (kind: 'label' | 'annotation') => (key: string) => {
    const origin = findKeyFacts(kind, key)?.origin;
    return origin !== 'workload-controller' && origin !== 'api-server' && key !== LIMIT_RANGER_ANNOTATION;
  };
  return {
    ...(metadata.name === undefined ? {} : { name: metadata.name }),
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    ...withMaps(pickKeys(metadata.labels, isAuthors('label')), pickKeys(metadata.annotations, isAuthors('annotation'))),
  };
}

/**
 * Takes off the labels and annotations that injection is known to add and puts the scrape annotations back.
 *
 * Output: a key that injection sets only when it is missing may have been the author's, so those are listed as uncertain.
 * Source: Istio, manifests/charts/istio-control/istio-discovery/files/injection-template.yaml; pkg/kube/inject/webhook.go.
 */
export function recoverMetadata(metadata: ObjectMeta, spec: PodSpec): RecoveredMetadata {
  const labels = metadata.labels ?? {};
  const annotations = metadata.annotations ?? {};
  const isKept = (kind: 'label' | 'annotation') => (key: string) => findKeyFacts(kind, key)?.isInjected !== true;
  const isMerged = annotations['prometheus.io/path'] === MERGED_METRICS_PATH;
  const isGrpc = readTemplateNames(annotations).some((name) => name.startsWith('grpc-'));
  const isTemplates = (key: string) =>
    (isMerged && isPrometheusKey(key)) || (isGrpc && key === REWRITE_PROBES_ANNOTATION && annotations[key] === 'false');
  const kept = pickKeys(annotations, (key) => isKept('annotation')(key) && !isTemplates(key));
  const doubts = (kind: 'label' | 'annotation', map: StringMap) =>
    Object.keys(map)
      .filter((key) => findKeyFacts(kind, key)?.keepsAuthors === true)
      .map((key): PodPhrase => ({ code: `pod.uncertain.${kind}`, values: { key } }));
  const { labels: _labels, annotations: _annotations, ...rest } = metadata;
  return {
    metadata: {
      ...rest,
      ...withMaps(pickKeys(labels, isKept('label')), { ...kept, ...(isMerged ? readScrapeAnnotations(spec) : {}) }),
    },
    uncertain: [...doubts('label', labels), ...doubts('annotation', annotations)],
  };
}

/** The scrape annotations that the author had, as the proxy keeps them; their key form before normalising is not kept. */
function readScrapeAnnotations(spec: PodSpec): StringMap {
  const text = findProxy(spec)?.container.env?.find(({ name }) => name === PROMETHEUS_ENV)?.value;
  const { scrape, path, port } = toJsonObject(parseJson(text));
  const entries = Object.entries({ scrape, path, port }).flatMap(([key, value]) => {
    const written = toText(value) ?? '';
    return written === '' ? [] : [[`prometheus.io/${key}`, written] as const];
  });
  return Object.fromEntries(entries);
}

function pickKeys(map: StringMap = {}, isPicked: (key: string) => boolean): StringMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => isPicked(key)));
}

function withMaps(labels: StringMap, annotations: StringMap): Pick<ObjectMeta, 'labels' | 'annotations'> {
  return {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}
