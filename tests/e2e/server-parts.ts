import { isDeepStrictEqual } from 'node:util';
import { dump } from 'js-yaml';

/**
 * What the API server, a controller, the scheduler and the kubelet put into a pod after the webhook has answered. A pod
 * of the cluster without these is, byte for byte, the pod that the preview told. Nothing is left out that is not listed.
 */
type Json = Readonly<Record<string, unknown>>;

/** The whole field, whatever it holds. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'status',
  'metadata.name', // of the controller's making; the preview names the workload instead
  'metadata.generateName',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.managedFields',
  'metadata.ownerReferences',
  'spec.nodeName',
  'spec.hostname', // of a StatefulSet's pod
  'spec.subdomain',
  'spec.affinity', // of a DaemonSet's pod: the node that it is for
]);

/** Labels and annotations that a controller or `rollout restart` sets, unless the author has them. */
const OWN_KEYS: Readonly<Record<string, ReadonlySet<string>>> = {
  'metadata.labels': new Set([
    'pod-template-hash',
    'controller-revision-hash',
    'pod-template-generation',
    'statefulset.kubernetes.io/pod-name',
    'apps.kubernetes.io/pod-index',
    'topology.kubernetes.io/region', // of the node, once there is one
    'topology.kubernetes.io/zone',
  ]),
  'metadata.annotations': new Set(['kubectl.kubernetes.io/restartedAt']),
};

const HTTP = { scheme: 'HTTP' };
const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
const of = (path: string, values: Json): Json =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${path}.${key}`, value]));
const probe = (path: string): Json => ({ ...of(path, PROBE), ...of(`${path}.httpGet`, HTTP) });
const containers = (list: string): Json => ({
  ...of(list, { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }),
  ...of(`${list}.ports[]`, { protocol: 'TCP' }),
  ...of(`${list}.env[].valueFrom.fieldRef`, { apiVersion: 'v1' }),
  ...of(`${list}.env[].valueFrom.resourceFieldRef`, { divisor: '0' }),
  ...probe(`${list}.livenessProbe`),
  ...probe(`${list}.readinessProbe`),
  ...probe(`${list}.startupProbe`),
  ...of(`${list}.lifecycle.preStop.httpGet`, HTTP),
  ...of(`${list}.lifecycle.postStart.httpGet`, HTTP),
});

/** Defaults, by path; `[]` stands for any place of a list. Only this value counts as the server's. */
const DEFAULTS: Json = {
  ...of('spec', {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
    serviceAccount: 'default',
    serviceAccountName: 'default',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
  }),
  ...containers('spec.containers[]'),
  ...containers('spec.initContainers[]'),
  ...of('spec.volumes[].projected', { defaultMode: 420 }),
  ...of('spec.volumes[].downwardAPI', { defaultMode: 420 }),
  ...of('spec.volumes[].configMap', { defaultMode: 420 }),
  ...of('spec.volumes[].secret', { defaultMode: 420 }),
  ...of('spec.volumes[].downwardAPI.items[].fieldRef', { apiVersion: 'v1' }),
  ...of('spec.volumes[].projected.sources[].downwardAPI.items[].fieldRef', { apiVersion: 'v1' }),
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const TOKEN_VOLUME = /^kube-api-access-[a-z0-9]{5}$/;
const node = (key: string, effect: string, more: Json = {}): Json => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect,
  ...more,
});
/** Of every pod, and of a DaemonSet's. */
const TOLERATIONS: readonly Json[] = [
  ...['not-ready', 'unreachable'].flatMap((key) => [
    node(key, 'NoExecute', { tolerationSeconds: 300 }),
    node(key, 'NoExecute'),
  ]),
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => node(key, 'NoSchedule')),
];

/** `Always` for an image without a tag or with `latest`, else only where it is absent. */
function pullPolicy(image: unknown): string {
  const last = String(image).split('/').at(-1) ?? '';
  return last.includes('@') || (last.includes(':') && !last.endsWith(':latest')) ? 'IfNotPresent' : 'Always';
}

/** Elements of a list that the server's plug-ins append: the token's volume and its mounts, two tolerations. */
function isOwnElement(path: string, element: unknown): boolean {
  if (!isObject(element)) return false;
  const isToken = typeof element.name === 'string' && TOKEN_VOLUME.test(element.name);
  if (path === 'spec.volumes') return isToken;
  if (/^spec\.(initC|c)ontainers\[\]\.volumeMounts$/.test(path)) {
    const mount = { name: element.name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
    return isToken && isDeepStrictEqual({ ...element }, mount);
  }
  return path === 'spec.tolerations' && TOLERATIONS.some((one) => isDeepStrictEqual({ ...element }, one));
}

function isOwnField(parent: string, key: string, value: unknown, siblings: Json): boolean {
  const path = parent === '' ? key : `${parent}.${key}`;
  if (OWN_FIELDS.has(path) || OWN_KEYS[parent]?.has(key) === true) return true;
  if (key === 'imagePullPolicy') return value === pullPolicy(siblings.image);
  return path in DEFAULTS && isDeepStrictEqual(value, DEFAULTS[path]);
}

/** The preview has it too, and not as a stand-in. */
const isTold = (path: string, key: string, told: Json): boolean => key in told && `${path}.${key}` !== 'metadata.name';

/** The pod without what the list above names, as far as `told` does not have it itself. */
function without(pod: unknown, told: unknown, path: string): unknown {
  if (Array.isArray(pod)) {
    const known = Array.isArray(told) ? told : [];
    return pod
      .filter((element) => known.some((one) => isDeepStrictEqual(one, element)) || !isOwnElement(path, element))
      .map((element, index) => without(element, known[index], `${path}[]`));
  }
  if (!isObject(pod)) return pod;
  const known = isObject(told) ? told : {};
  return Object.fromEntries(
    Object.entries(pod)
      .filter(([key, value]) => isTold(path, key, known) || !isOwnField(path, key, value, pod))
      .map(([key, value]) => [key, without(value, known[key], path === '' ? key : `${path}.${key}`)]),
  );
}

/** A mapping or a list without anything in it says nothing in a pod, except that a volume is an empty folder. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, compact(item)] as const)
    .filter(([key, item]) => key === 'emptyDir' || !isNothing(item));
  return Object.fromEntries(entries);
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

const toText = (pod: unknown): string => dump(compact(pod), { sortKeys: true, lineWidth: -1, noRefs: true });

/** The pod of the preview as text. */
export function toldText(told: Json): string {
  const metadata = Object.entries(isObject(told.metadata) ? told.metadata : {}).filter(([key]) => key !== 'name');
  return toText({ ...told, metadata: Object.fromEntries(metadata) });
}

/** A pod of the cluster as text, without what the cluster itself added to what the preview told. */
export const arrivedText = (pod: Json, told: Json): string => toText(without(pod, told, ''));
