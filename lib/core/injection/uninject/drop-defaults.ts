import {
  isList,
  isObject,
  type JsonMap,
  type JsonObject,
  type JsonValue,
} from '@/lib/core/injection/engine/json-types';

/** What the API server fills in where a field is left out, by the name of the field. Source: Kubernetes, pkg/apis/core/v1/defaults.go. */
const DEFAULTS: Readonly<Record<string, readonly JsonValue[]>> = {
  terminationMessagePath: ['/dev/termination-log'],
  terminationMessagePolicy: ['File'],
  imagePullPolicy: ['Always', 'IfNotPresent'],
  protocol: ['TCP'],
  scheme: ['HTTP'],
  successThreshold: [1],
  failureThreshold: [3],
  periodSeconds: [10],
  timeoutSeconds: [1],
  apiVersion: ['v1'],
  divisor: ['0'],
  defaultMode: [0o644],
  expirationSeconds: [3600],
  restartPolicy: ['Always'],
  dnsPolicy: ['ClusterFirst'],
  schedulerName: ['default-scheduler'],
  terminationGracePeriodSeconds: [30],
  enableServiceLinks: [true],
  preemptionPolicy: ['PreemptLowerPriority'],
  priority: [0],
  serviceAccount: ['default'],
  serviceAccountName: ['default'],
  service: [''],
  procMount: ['Default'],
  recursiveReadOnly: ['Disabled'],
};

/** Fields that only one kind of parent gets filled in. */
const ONLY_BELOW: Readonly<Record<string, string>> = { restartPolicy: 'spec', path: 'httpGet' };
const EMPTY_SAYS_NOTHING: ReadonlySet<string> = new Set(['securityContext', 'resources', 'emptyDir']);

/**
 * A pod without what the API server fills in by itself, for comparing one from a cluster with one that never was there.
 *
 * Output: also without empty maps that say nothing, and a probe's root path; for comparing only, never to be applied.
 */
export function dropDefaults(pod: JsonObject): JsonObject {
  const dropped = drop(pod, '');
  return isObject(dropped) ? dropped : {};
}

function drop(value: JsonValue, parent: string): JsonValue {
  if (isList(value)) return value.map((item) => drop(item, parent));
  if (!isObject(value)) return value;
  const out: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    if (parent === 'metadata' || parent === 'labels' || parent === 'annotations') out[key] = item;
    else if (!isDefault(key, item, parent)) {
      const inner = drop(item, key);
      const isNothing = isObject(inner) && Object.keys(inner).length === 0 && EMPTY_SAYS_NOTHING.has(key);
      if (!isNothing) out[key] = inner;
    }
  }
  return out;
}

function isDefault(key: string, value: JsonValue, parent: string): boolean {
  const below = ONLY_BELOW[key];
  if (below !== undefined && below !== parent) return false;
  if (key === 'path' && value === '/') return true;
  return DEFAULTS[key]?.some((each) => each === value) === true;
}
