import { worstState } from '@/lib/core/injection/count-states';
import type { StateCounts } from '@/lib/core/injection/pod-states';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { DocumentRecord, ObjectRecord, PodRecord, ServiceRecord, WorkloadRecord } from '@/lib/core/kube/records';
import type { MeshRecords } from './build-mesh-graph';
import type { NodeVerdict } from './build-node';

/** Small records with defaults, so that a test shows only what matters. */
const object = (kind: string, name: string, namespace: string): ObjectRecord => ({
  kind,
  name,
  namespace,
  uid: `${kind}-${namespace}-${name}`,
  resourceVersion: '1',
  createdAt: '2026-01-01T00:00:00Z',
  labels: {},
  annotations: {},
});

export const service = (name: string, selector: StringMap = { app: name }, namespace = 'shop'): ServiceRecord => ({
  ...object('Service', name, namespace),
  type: 'ClusterIP',
  clusterIP: '10.0.0.1',
  selector,
  ports: [{ name: 'http', port: 80, targetPort: '8080', protocol: 'TCP' }],
});

export const workload = (
  name: string,
  labels: StringMap = { app: name },
  over: Partial<WorkloadRecord> = {},
): WorkloadRecord => ({
  ...object(over.kind ?? 'Deployment', name, over.namespace ?? 'shop'),
  generation: 1,
  observedGeneration: 1,
  replicas: 1,
  readyReplicas: 1,
  updatedReplicas: 1,
  isPaused: false,
  template: { labels, annotations: {}, hostNetwork: false, serviceAccount: '', containers: [], initContainers: [] },
  ...over,
});

export const pod = (name: string, labels: StringMap, owner?: PodRecord['owner'], namespace = 'shop'): PodRecord => ({
  ...object('Pod', name, namespace),
  labels,
  ...(owner === undefined ? {} : { owner }),
  phase: 'Running',
  reason: '',
  nodeName: 'n1',
  podIP: '10.1.0.1',
  serviceAccount: 'default',
  hostNetwork: false,
  containers: [],
  initContainers: [],
  readyContainers: 1,
  totalContainers: 1,
  restarts: 0,
  isReady: true,
});

export const document = (kind: string, name: string, spec: unknown, namespace = 'shop'): DocumentRecord => ({
  ...object(kind, name, namespace),
  body: { kind, spec },
});

/** An owner in the namespace `shop`. */
export const ownedBy = (kind: string, name: string): NonNullable<PodRecord['owner']> => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: `${kind}-shop-${name}`,
});

export const records = (over: Partial<MeshRecords> = {}): MeshRecords => ({
  services: [],
  workloads: [],
  pods: [],
  istioGateways: [],
  virtualServices: [],
  destinationRules: [],
  serviceEntries: [],
  apiGateways: [],
  httpRoutes: [],
  grpcRoutes: [],
  ...over,
});

const counts = (over: Partial<StateCounts> = {}): StateCounts => {
  const all = {
    injected: 0,
    outdated: 0,
    'not-injected': 0,
    missing: 0,
    refused: 0,
    ambient: 0,
    unknown: 0,
    ...over,
  };
  return { ...all, total: Object.values(all).reduce((sum, count) => sum + count, 0) };
};

export const verdict = (over: Partial<StateCounts> = {}): NodeVerdict => {
  const all = counts(over);
  return { state: worstState(all), counts: all, because: { code: 'test' } };
};
