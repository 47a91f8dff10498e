import type { JsonObject, NewObject } from '@/demo/server/object-types';

export type TextMap = Readonly<Record<string, string>>;

/** A container as people write one: image, ports and what they add. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly (number | JsonObject)[];
  readonly more?: JsonObject;
}

export function container({ name, image, ports = [], more = {} }: ContainerSpec): JsonObject {
  const list = ports.map((port) => (typeof port === 'number' ? { containerPort: port } : port));
  return { name, image, ...(list.length > 0 ? { ports: list } : {}), ...more };
}

export interface WorkloadSpec {
  readonly name: string;
  readonly namespace: string;
  readonly containers: readonly JsonObject[];
  readonly replicas?: number;
  /** Labels of the pods; `app` is always there. */
  readonly podLabels?: TextMap;
  readonly podAnnotations?: TextMap;
  readonly labels?: TextMap;
  readonly serviceAccountName?: string;
  /** More fields of the pod's spec. */
  readonly pod?: JsonObject;
  /** More fields of the workload's spec. */
  readonly spec?: JsonObject;
  readonly annotations?: TextMap;
}

function labelsOf({ name, podLabels }: WorkloadSpec): TextMap {
  return podLabels?.app === undefined ? { app: name, ...podLabels } : podLabels;
}

function templateOf(workload: WorkloadSpec): JsonObject {
  const { podAnnotations, serviceAccountName, containers, pod } = workload;
  return {
    metadata: {
      labels: labelsOf(workload),
      ...(podAnnotations === undefined ? {} : { annotations: podAnnotations }),
    },
    spec: { ...(serviceAccountName === undefined ? {} : { serviceAccountName }), containers, ...pod },
  };
}

function metadataOf({ name, namespace, labels, annotations }: WorkloadSpec): NewObject['metadata'] {
  return {
    name,
    namespace,
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  };
}

/** Selectors use the labels that stay the same from one template to the next. */
function selectorOf(workload: WorkloadSpec): TextMap {
  const { app, version } = labelsOf(workload);
  return { ...(app === undefined ? {} : { app }), ...(version === undefined ? {} : { version }) };
}

export function deployment(workload: WorkloadSpec): NewObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf({ ...workload, labels: workload.labels ?? labelsOf(workload) }),
    spec: {
      replicas: workload.replicas ?? 1,
      selector: { matchLabels: selectorOf(workload) },
      template: templateOf(workload),
      ...workload.spec,
    },
  };
}

export function statefulSet(workload: WorkloadSpec): NewObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(workload),
    spec: {
      serviceName: workload.name,
      replicas: workload.replicas ?? 1,
      selector: { matchLabels: selectorOf(workload) },
      template: templateOf(workload),
      ...workload.spec,
    },
  };
}

export function daemonSet(workload: WorkloadSpec): NewObject {
  const annotations = { 'deprecated.daemonset.template.generation': '1', ...workload.annotations };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadataOf({ ...workload, annotations }),
    spec: { selector: { matchLabels: selectorOf(workload) }, template: templateOf(workload), ...workload.spec },
  };
}

export function replicationController(workload: WorkloadSpec): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: metadataOf(workload),
    spec: {
      replicas: workload.replicas ?? 1,
      selector: selectorOf(workload),
      template: templateOf(workload),
      ...workload.spec,
    },
  };
}

export function replicaSet(workload: WorkloadSpec): NewObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadataOf(workload),
    spec: {
      replicas: workload.replicas ?? 1,
      selector: { matchLabels: selectorOf(workload) },
      template: templateOf(workload),
      ...workload.spec,
    },
  };
}

export function job(workload: WorkloadSpec): NewObject {
  const pod = { restartPolicy: 'OnFailure', ...workload.pod };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(workload),
    spec: { template: templateOf({ ...workload, pod }), ...workload.spec },
  };
}

export function cronJob(workload: WorkloadSpec & { readonly schedule: string }): NewObject {
  const { metadata: _metadata, spec } = job(workload);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(workload),
    spec: { schedule: workload.schedule, jobTemplate: { spec } },
  };
}

export function barePod(workload: WorkloadSpec): NewObject {
  const template = templateOf(workload);
  const { podAnnotations, name, namespace } = workload;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labelsOf(workload) },
      ...(podAnnotations === undefined ? {} : { annotations: { ...podAnnotations } }),
    },
    spec: { ...Object(template.spec) },
  };
}

export interface ServiceSpec {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly (number | JsonObject)[];
  readonly selector?: TextMap;
  readonly labels?: TextMap;
  readonly spec?: JsonObject;
}

export function service({ name, namespace, ports, selector, labels, spec }: ServiceSpec): NewObject {
  const list = ports.map((port) => (typeof port === 'number' ? { name: 'http', port, targetPort: port } : port));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { ...(labels ?? selector ?? { app: name }) } },
    spec: { selector: selector ?? { app: name }, ports: list, ...spec },
  };
}

export function namespace(name: string, labels: TextMap = {}, annotations?: TextMap): NewObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { ...labels },
      ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
    },
  };
}

export function serviceAccount(name: string, ns: string, labels: TextMap = {}): NewObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: ns, labels: { ...labels } } };
}

export function configMap(name: string, ns: string, data: TextMap, labels: TextMap = {}): NewObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: ns, labels: { ...labels } }, data };
}

/** An object of Istio's or Gateway API's kinds. */
export function custom(apiVersion: string, kind: string, name: string, ns: string, spec: JsonObject): NewObject {
  return { apiVersion, kind, metadata: { name, namespace: ns }, spec };
}
