import {
  isList,
  isObject,
  type JsonMap,
  type JsonObject,
  type JsonValue,
  objectAt,
  objectsAt,
} from '@/lib/core/injection/engine/json-types';
import { CONTAINER_LISTS } from './read-marks';

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
  return isObject(dropped) ? withoutHostPorts(dropped) : {};
}

/** On the node's network every port is the node's. */
function withoutHostPorts(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec');
  if (spec.hostNetwork !== true) return pod;
  const strip = (port: JsonObject): JsonObject => {
    const { hostPort, ...rest } = port;
    return hostPort === port.containerPort ? rest : port;
  };
  const lists = CONTAINER_LISTS.filter((list) => spec[list] !== undefined).map((list) => [
    list,
    objectsAt(spec, list).map((each) =>
      each.ports === undefined ? each : { ...each, ports: objectsAt(each, 'ports').map(strip) },
    ),
  ]);
  return { ...pod, spec: { ...spec, ...Object.fromEntries(lists) } };
}

function drop(value: JsonValue, parent: string): JsonValue {
  if (isList(value)) return value.map((item) => drop(item, parent));
  if (!isObject(value)) return value;
  const out: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    if (parent === 'metadata' || parent === 'labels' || parent === 'annotations') out[key] = item;
    else if (!isDefault(key, item, parent)) {
      const inner = drop(key === 'resources' ? withoutImpliedRequests(item) : item, key);
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
  // The old name of the field, which the API server fills in from the new one.
  if (key === 'serviceAccount' && parent === 'spec') return true;
  // Comes from the priority class, and from nowhere else.
  if (key === 'priority' && parent === 'spec') return true;
  return DEFAULTS[key]?.some((each) => each === value) === true;
}

/** What is limited and not requested is requested as much as it is limited. */
function withoutImpliedRequests(resources: JsonValue): JsonValue {
  if (!isObject(resources)) return resources;
  const limits = objectAt(resources, 'limits');
  const { requests: _requests, ...rest } = resources;
  const own = Object.entries(objectAt(resources, 'requests')).filter(([key, amount]) => limits[key] !== amount);
  return own.length > 0 ? { ...rest, requests: Object.fromEntries(own) } : rest;
}
