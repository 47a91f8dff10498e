import {
  CONTAINER_DEFAULTS,
  type Default,
  OBJECT_DEFAULTS,
  POD_SPEC_DEFAULTS,
  POD_TEMPLATE_PATHS,
} from './defaults.data';
import { isRecord, recordAt, recordsAt, stringMapAt, valueAt } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import type { JsonObject, NewObject } from './object-types';

/** Fills in what the API server fills in when it reads an object. Changes the given object, which must not be frozen. */
export function applyDefaults(row: KindRow, object: NewObject): void {
  const resource = resourceId(row);
  fill(object, OBJECT_DEFAULTS[resource] ?? []);
  const path = POD_TEMPLATE_PATHS[resource];
  const podSpec = path === undefined ? undefined : valueAt(object, ...path);
  if (path !== undefined && isRecord(podSpec)) {
    defaultPodSpec(podSpec);
    fill(object, [{ path: [...path.slice(0, -1), 'metadata'], value: {} }]);
    if (resource === 'pods' && podSpec.hostNetwork === true) exposeOnHost(podSpec);
  }
  if (resource === 'pods') fill(object, [{ path: ['spec', 'enableServiceLinks'], value: true }]);
  if (resource === 'jobs.batch') defaultJob(object);
  if (resource === 'secrets') encodeTexts(object);
  const { name } = object.metadata;
  if (resource === 'namespaces' && name !== undefined) {
    object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': name };
  }
  if (resource === 'daemonsets.apps') {
    object.metadata.annotations = { [TEMPLATE_GENERATION]: '1', ...object.metadata.annotations };
  }
  for (const port of resource === 'services' ? recordsAt(object, 'spec', 'ports') : []) {
    fill(port, [{ path: ['protocol'], value: 'TCP' }]);
    // Nothing and zero are the same here.
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port;
  }
  for (const webhook of row.group === 'admissionregistration.k8s.io' ? recordsAt(object, 'webhooks') : []) {
    fill(webhook, OBJECT_DEFAULTS[`webhooks of ${resource}`] ?? []);
    for (const rule of recordsAt(webhook, 'rules')) fill(rule, [{ path: ['scope'], value: '*' }]);
    if (isRecord(valueAt(webhook, 'clientConfig', 'service'))) {
      fill(webhook, [{ path: ['clientConfig', 'service', 'port'], value: 443 }]);
    }
  }
}

/** Counts the templates that a DaemonSet had. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** What a secret says in plain text becomes data. */
function encodeTexts(secret: NewObject): void {
  const texts = Object.entries(recordAt(secret, 'stringData'));
  if (texts.length > 0) {
    const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
    secret.data = { ...recordAt(secret, 'data'), ...Object.fromEntries(encoded) };
  }
  delete secret.stringData;
}

// Neither count is given: one pod. Only parallelism: a work queue, which ends when its pods say so.
function defaultJob(job: NewObject): void {
  const spec = recordAt(job, 'spec');
  const labels = recordAt(spec, 'template', 'metadata', 'labels');
  if (Object.keys(job.metadata.labels ?? {}).length === 0 && Object.keys(labels).length > 0) {
    job.metadata.labels = { ...stringMapAt({ labels }, 'labels') };
  }
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
}

function fill(target: JsonObject, defaults: readonly Default[]): void {
  for (const { path, value, when } of defaults) {
    if (when !== undefined && valueAt(target, ...when.path) !== when.value) continue;
    setMissing(target, path, value);
  }
}

function setMissing(target: JsonObject, path: readonly string[], value: unknown): void {
  let current = target;
  for (const step of path.slice(0, -1)) {
    const inner = current[step];
    const next: JsonObject = isRecord(inner) ? inner : {};
    current[step] = next;
    current = next;
  }
  const last = path.at(-1) ?? '';
  if (current[last] === undefined || current[last] === null) current[last] = structuredClone(value);
}

function defaultPodSpec(spec: JsonObject): void {
  fill(spec, POD_SPEC_DEFAULTS);
  for (const container of [...recordsAt(spec, 'initContainers'), ...recordsAt(spec, 'containers')]) {
    defaultContainer(container);
  }
  for (const volume of recordsAt(spec, 'volumes')) defaultVolume(volume);
  if (typeof spec.serviceAccountName === 'string' && spec.serviceAccount === undefined) {
    spec.serviceAccount = spec.serviceAccountName;
  } else if (typeof spec.serviceAccount === 'string' && spec.serviceAccountName === undefined) {
    spec.serviceAccountName = spec.serviceAccount;
  }
}

// Only pods: a template of a host-network pod keeps its ports as written.
function exposeOnHost(spec: JsonObject): void {
  for (const container of [...recordsAt(spec, 'initContainers'), ...recordsAt(spec, 'containers')]) {
    for (const port of recordsAt(container, 'ports')) {
      fill(port, [{ path: ['hostPort'], value: port.containerPort }]);
    }
  }
}

function defaultContainer(container: JsonObject): void {
  fill(container, CONTAINER_DEFAULTS);
  const image = typeof container.image === 'string' ? container.image : '';
  fill(container, [{ path: ['imagePullPolicy'], value: pullPolicyOf(image) }]);
  for (const port of recordsAt(container, 'ports')) {
    fill(port, [{ path: ['protocol'], value: 'TCP' }]);
  }
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (isRecord(container[probe])) defaultProbe(recordAt(container, probe));
  }
  for (const hook of ['postStart', 'preStop']) {
    const action = valueAt(container, 'lifecycle', hook, 'httpGet');
    if (isRecord(action)) fill(action, HTTP_ACTION_DEFAULTS);
  }
  for (const variable of recordsAt(container, 'env')) {
    const field = valueAt(variable, 'valueFrom', 'fieldRef');
    if (isRecord(field)) fill(field, [{ path: ['apiVersion'], value: 'v1' }]);
  }
  const resources = recordAt(container, 'resources');
  const limits = recordAt(resources, 'limits');
  if (Object.keys(limits).length > 0) resources.requests = { ...limits, ...recordAt(resources, 'requests') };
}

const HTTP_ACTION_DEFAULTS: readonly Default[] = [
  { path: ['path'], value: '/' },
  { path: ['scheme'], value: 'HTTP' },
];

function defaultProbe(probe: JsonObject): void {
  fill(probe, [
    { path: ['timeoutSeconds'], value: 1 },
    { path: ['periodSeconds'], value: 10 },
    { path: ['successThreshold'], value: 1 },
    { path: ['failureThreshold'], value: 3 },
  ]);
  if (isRecord(probe.httpGet)) fill(probe.httpGet, HTTP_ACTION_DEFAULTS);
  if (isRecord(probe.grpc)) fill(probe.grpc, [{ path: ['service'], value: '' }]);
}

const MODE_644 = 420;

function defaultVolume(volume: JsonObject): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  for (const source of ['configMap', 'secret', 'downwardAPI', 'projected']) {
    if (isRecord(volume[source])) fill(volume, [{ path: [source, 'defaultMode'], value: MODE_644 }]);
  }
  for (const list of [recordsAt(volume, 'downwardAPI', 'items'), projectedItems(volume)]) {
    for (const item of list) {
      if (isRecord(item.fieldRef)) fill(item.fieldRef, [{ path: ['apiVersion'], value: 'v1' }]);
    }
  }
  for (const source of recordsAt(volume, 'projected', 'sources')) {
    const token = source.serviceAccountToken;
    if (isRecord(token)) fill(token, [{ path: ['expirationSeconds'], value: 3600 }]);
  }
  if (isRecord(volume.hostPath)) fill(volume.hostPath, [{ path: ['type'], value: '' }]);
}

function projectedItems(volume: JsonObject): JsonObject[] {
  return recordsAt(volume, 'projected', 'sources').flatMap((source) => recordsAt(source, 'downwardAPI', 'items'));
}

/** `Always` for no tag and for `latest`, else `IfNotPresent`. */
function pullPolicyOf(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}
