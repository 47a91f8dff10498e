import { recordsAt, stringAt, stringMapAt, valueAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { ownerReferenceTo, toTime } from './object-keys';
import { isFinished, isReady } from './pod-state';

/** A pod behind a Service, as endpoints list it. */
interface Backend {
  readonly pod: KubeObject;
  readonly ip: string;
  readonly isReady: boolean;
  readonly isTerminating: boolean;
}

/** Whether a Service has a selector and that selector picks the pod. */
export function selects(service: KubeObject, pod: KubeObject): boolean {
  const selector = Object.entries(stringMapAt(service, 'spec', 'selector'));
  return selector.length > 0 && selector.every(([name, value]) => pod.metadata.labels?.[name] === value);
}

export function backendsOf(store: Store, service: KubeObject): Backend[] {
  return store.list('pods', service.metadata.namespace).flatMap((pod) => {
    const ip = stringAt(pod, 'status', 'podIP');
    if (ip === undefined || isFinished(pod) || !selects(service, pod)) return [];
    const isTerminating = pod.metadata.deletionTimestamp !== undefined;
    return [{ pod, ip, isReady: isReady(pod) && !isTerminating, isTerminating }];
  });
}

interface TargetPort {
  readonly name: string | undefined;
  readonly protocol: string;
  readonly port: number;
}

/** The ports of a Service as its pods serve them; a named target port is looked up in a pod. */
function targetPorts(service: KubeObject, pod: KubeObject | undefined): TargetPort[] {
  return recordsAt(service, 'spec', 'ports').flatMap((entry) => {
    const target = entry.targetPort ?? entry.port;
    const port = typeof target === 'string' ? containerPort(pod, target) : target;
    const protocol = stringAt(entry, 'protocol') ?? 'TCP';
    return typeof port === 'number' ? [{ name: stringAt(entry, 'name'), protocol, port }] : [];
  });
}

function containerPort(pod: KubeObject | undefined, name: string): unknown {
  const ports = recordsAt(pod, 'spec', 'containers').flatMap((container) => recordsAt(container, 'ports'));
  return ports.find((port) => port.name === name)?.containerPort;
}

function targetRef({ kind, metadata }: KubeObject): JsonObject {
  return { kind, namespace: metadata.namespace, name: metadata.name, uid: metadata.uid };
}

/** The body of the Service's EndpointSlice. */
export function buildEndpointSlice(service: KubeObject, backends: readonly Backend[]): NewObject {
  const { name, namespace, labels } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace: namespace ?? 'default',
      labels: {
        ...labels,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': name,
      },
      ownerReferences: [ownerReferenceTo(service)],
    },
    addressType: 'IPv4',
    endpoints: backends.map(({ pod, ip, isReady: ready, isTerminating: terminating }) => ({
      addresses: [ip],
      conditions: { ready, serving: isReady(pod), terminating },
      targetRef: targetRef(pod),
      nodeName: stringAt(pod, 'spec', 'nodeName'),
      ...zoneOf(pod),
    })),
    ports: targetPorts(service, backends[0]?.pod).map(({ name: port, ...rest }) => ({ name: port ?? '', ...rest })),
  };
}

function zoneOf(pod: KubeObject): JsonObject {
  const zone = pod.metadata.labels?.['topology.kubernetes.io/zone'];
  return zone === undefined ? {} : { zone };
}

/** The older Endpoints object of the Service, which has its name. */
export function buildEndpoints(service: KubeObject, backends: readonly Backend[]): NewObject {
  const { name, namespace, labels } = service.metadata;
  const address = ({ pod, ip }: Backend) => ({
    ip,
    nodeName: stringAt(pod, 'spec', 'nodeName'),
    targetRef: targetRef(pod),
  });
  const live = backends.filter((backend) => !backend.isTerminating);
  const ready = live.filter((backend) => backend.isReady).map(address);
  const waiting = live.filter((backend) => !backend.isReady).map(address);
  const ports = targetPorts(service, live[0]?.pod).map(({ name: port, ...rest }) => ({
    ...(port === undefined ? {} : { name: port }),
    ...rest,
  }));
  const subset = {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(waiting.length > 0 ? { notReadyAddresses: waiting } : {}),
    ports,
  };
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace: namespace ?? 'default',
      labels: { ...labels, 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' },
    },
    ...(live.length > 0 ? { subsets: [subset] } : {}),
  };
}

/** The object with the time of its last change noted, as the endpoint controllers do. */
export function withTriggerTime(object: NewObject, now: number): NewObject {
  const annotations = {
    ...object.metadata.annotations,
    'endpoints.kubernetes.io/last-change-trigger-time': toTime(now),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** What of an endpoints object is compared to see whether it has to be written. */
export function endpointBody(object: NewObject): JsonObject {
  return {
    endpoints: object.endpoints,
    ports: object.ports,
    subsets: object.subsets,
    labels: valueAt(object, 'metadata', 'labels'),
  };
}
