import { dump } from 'js-yaml';
import type { PodTemplate } from '@/lib/core/kube/pod-types';
import { isEmptyJson, isJsonObject, toJsonObject } from './json-value';
import { LAST_APPLIED_ANNOTATION } from './pod-names.data';

/** Keys that come first, in the order in which people write a pod; the rest follows by name. */
const FIRST_KEYS: readonly string[] = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'name',
  'namespace',
  'labels',
  'annotations',
  'initContainers',
  'containers',
  'image',
  'command',
  'args',
  'ports',
  'env',
  'value',
  'valueFrom',
];
const KEPT_METADATA: ReadonlySet<string> = new Set(['name', 'namespace', 'labels', 'annotations']);

/**
 * A pod as YAML for reading: no status, no bookkeeping of the API server, keys in one fixed order, so that two of them compare line by line.
 *
 * Output: lists keep the pod's order, empty fields are left out; what kubectl keeps in an annotation for itself is left out too.
 */
export function cleanPodForDisplay({ metadata, spec }: PodTemplate): string {
  const kept = Object.entries(toJsonObject(metadata)).filter(([key]) => KEPT_METADATA.has(key));
  const { [LAST_APPLIED_ANNOTATION]: _own, ...annotations } = metadata?.annotations ?? {};
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...Object.fromEntries(kept), annotations },
    spec: toJsonObject(spec),
  };
  return dump(orderKeys(pod), { lineWidth: -1, noRefs: true });
}

function orderKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderKeys);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value)
    .filter(([key, item]) => !isEmptyJson(item) || isKeptEmpty(key))
    .sort(([left], [right]) => position(left) - position(right) || (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, orderKeys(item)]));
}

function position(key: string): number {
  const at = FIRST_KEYS.indexOf(key);
  return at < 0 ? FIRST_KEYS.length : at;
}

/** `emptyDir: {}` says something by being there. */
function isKeptEmpty(key: string): boolean {
  return key === 'emptyDir';
}
