import type { StringMap } from '@/lib/core/kube/object-types';
import type {
  ContainerRecord,
  DocumentRecord,
  EventRecord,
  InjectionStatus,
  NamespaceRecord,
  ObjectRecord,
  Owner,
  PodRecord,
  ServiceRecord,
  TemplateRecord,
  WorkloadRecord,
} from '@/lib/core/kube/records';

/** Records with defaults, so that a test's row shows only what matters to it. */
const CREATED = '2026-03-01T10:00:00Z';
const INSTALLED = '2026-02-01T10:00:00Z';

function object(kind: string, name: string, namespace: string): ObjectRecord {
  const uid = `${kind}/${namespace}/${name}`;
  return { kind, name, namespace, uid, resourceVersion: '1', createdAt: CREATED, labels: {}, annotations: {} };
}

export function namespaceRecord(
  name: string,
  labels: StringMap = {},
  over: Partial<NamespaceRecord> = {},
): NamespaceRecord {
  return { ...object('Namespace', name, ''), phase: 'Active', labels, ...over };
}

export function containerRecord(
  name: string,
  image = 'nginx:1.18.0',
  over: Partial<ContainerRecord> = {},
): ContainerRecord {
  return { name, image, ports: [], ...over };
}

export function podRecord(over: Partial<PodRecord> = {}): PodRecord {
  return {
    ...object('Pod', 'web-1', 'shop'),
    phase: 'Running',
    reason: '',
    nodeName: 'node-0',
    podIP: '10.0.0.1',
    serviceAccount: 'default',
    hostNetwork: false,
    containers: [containerRecord('app')],
    initContainers: [],
    readyContainers: 1,
    totalContainers: 1,
    restarts: 0,
    isReady: true,
    ...over,
  };
}

export const PROXY_IMAGE = 'docker.io/istio/proxyv2:1.24.0';

export function injectionStatus(revision = 'default'): InjectionStatus {
  return {
    revision,
    containers: [],
    initContainers: ['istio-init', 'istio-proxy'],
    volumes: ['istio-envoy', 'istio-data'],
    imagePullSecrets: [],
  };
}

/** A pod with a native sidecar of a revision. */
export function injectedPodRecord(over: Partial<PodRecord> = {}, revision = 'default', image = PROXY_IMAGE): PodRecord {
  return podRecord({
    injection: injectionStatus(revision),
    initContainers: [
      containerRecord('istio-init', image),
      containerRecord('istio-proxy', image, { restartPolicy: 'Always' }),
    ],
    readyContainers: 2,
    totalContainers: 2,
    ...over,
  });
}

export function templateRecord(over: Partial<TemplateRecord> = {}): TemplateRecord {
  return {
    labels: {},
    annotations: {},
    hostNetwork: false,
    serviceAccount: 'default',
    containers: [containerRecord('app')],
    initContainers: [],
    ...over,
  };
}

export function workloadRecord(kind: string, name: string, over: Partial<WorkloadRecord> = {}): WorkloadRecord {
  return {
    ...object(kind, name, 'shop'),
    generation: 1,
    observedGeneration: 1,
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    isPaused: false,
    template: templateRecord(),
    ...over,
  };
}

export function ownerOf(record: Pick<ObjectRecord, 'kind' | 'name' | 'uid'>, apiVersion = 'apps/v1'): Owner {
  return { apiVersion, kind: record.kind, name: record.name, uid: record.uid };
}

export function eventRecord(
  message: string,
  involved: EventRecord['involved'],
  over: Partial<EventRecord> = {},
): EventRecord {
  return {
    ...object('Event', `event-${involved.name}`, 'shop'),
    reason: 'FailedCreate',
    message,
    type: 'Warning',
    count: 1,
    lastSeen: CREATED,
    involved,
    ...over,
  };
}

export function serviceRecord(name: string, over: Partial<ServiceRecord> = {}): ServiceRecord {
  return {
    ...object('Service', name, 'istio-system'),
    type: 'ClusterIP',
    clusterIP: '10.1.0.1',
    selector: { app: 'istiod' },
    ports: [{ name: 'https-webhook', port: 443, targetPort: '15017', protocol: 'TCP' }],
    ...over,
  };
}

export function documentRecord(
  kind: string,
  name: string,
  body: unknown,
  over: Partial<DocumentRecord> = {},
): DocumentRecord {
  return { ...object(kind, name, ''), body, ...over };
}

interface ConfigurationOptions {
  readonly revision?: string;
  readonly tag?: string;
  /** With the entries that read `istio-injection`. */
  readonly isDefault?: boolean;
  readonly injectsByDefault?: boolean;
  readonly isDeactivated?: boolean;
  readonly failurePolicy?: string;
  readonly service?: string;
  readonly createdAt?: string;
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
}

const expression = (key: string, operator: string, ...values: readonly string[]) => ({
  key,
  operator,
  ...(values.length > 0 && { values }),
});
const selector = (...matchExpressions: readonly object[]) => ({ matchExpressions });
const NEVER = { matchLabels: { 'istio.io/deactivated': 'never-match' } };
const SYSTEM = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/** A webhook configuration as Istio's chart writes it for a revision or a tag. */
export function webhookConfigurationRecord(name: string, options: ConfigurationOptions = {}): DocumentRecord {
  const { revision = 'default', tag, failurePolicy = 'Fail', service = 'istiod', createdAt = INSTALLED } = options;
  const value = tag ?? revision;
  const inject = 'sidecar.istio.io/inject';
  const unlabelled = [expression('istio.io/rev', 'DoesNotExist'), expression('istio-injection', 'DoesNotExist')];
  const notFalse = expression(inject, 'NotIn', 'false');
  const noRevision = expression('istio.io/rev', 'DoesNotExist');
  const byRevision: readonly (readonly [string, object, object])[] = [
    [
      'rev.namespace',
      selector(expression('istio.io/rev', 'In', value), expression('istio-injection', 'DoesNotExist')),
      selector(notFalse),
    ],
    ['rev.object', selector(...unlabelled), selector(notFalse, expression('istio.io/rev', 'In', value))],
  ];
  const byDefault: readonly (readonly [string, object, object])[] = [
    ['namespace', selector(expression('istio-injection', 'In', 'enabled')), selector(notFalse)],
    ['object', selector(...unlabelled), selector(expression(inject, 'In', 'true'), noRevision)],
  ];
  const auto: readonly (readonly [string, object, object])[] = [
    [
      'auto',
      selector(...unlabelled, expression('kubernetes.io/metadata.name', 'NotIn', ...SYSTEM)),
      selector(expression(inject, 'DoesNotExist'), noRevision),
    ],
  ];
  const isDefault = options.isDefault ?? value === 'default';
  const entries = [...byRevision, ...(isDefault ? byDefault : []), ...(options.injectsByDefault ? auto : [])];
  const webhooks = entries.map(([entry, namespaceSelector, objectSelector]) => ({
    name: `${entry}.sidecar-injector.istio.io`,
    namespaceSelector: options.isDeactivated ? NEVER : namespaceSelector,
    objectSelector: options.isDeactivated ? NEVER : objectSelector,
    failurePolicy,
    timeoutSeconds: 10,
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' }],
    clientConfig: {
      service: { namespace: 'istio-system', name: service, path: '/inject', port: 443 },
      caBundle: 'Q0E=',
    },
    ...(options.matchConditions && { matchConditions: options.matchConditions }),
  }));
  const labels = { 'istio.io/rev': revision, ...(tag !== undefined && { 'istio.io/tag': tag }) };
  return documentRecord('MutatingWebhookConfiguration', name, { webhooks }, { labels, createdAt });
}
