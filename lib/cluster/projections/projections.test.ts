import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/cluster/json-fields';
import { Interner } from './interner';
import { projectDocument } from './project-document';
import { projectEvent } from './project-event';
import { projectMetadata } from './project-metadata';
import { projectNamespace } from './project-namespace';
import { projectPod } from './project-pod';
import { projectEndpointSlice, projectService } from './project-service';
import { projectWorkload } from './project-workload';

const interner = new Interner();
const named = (rest: Json = {}, metadata: Json = {}): Json => ({ metadata: { name: 'x', ...metadata }, ...rest });
const entry = (manager: string, time: string, label: string) => ({
  manager,
  time,
  fieldsV1: { 'f:metadata': { 'f:labels': { [`f:${label}`]: {} } } },
});

describe('metadata', () => {
  it('keeps the controlling owner only', () => {
    const owners = [
      { kind: 'Node', name: 'n', uid: '1', apiVersion: 'v1' },
      { kind: 'ReplicaSet', name: 'rs', uid: '2', apiVersion: 'apps/v1', controller: true },
    ];
    expect(projectMetadata(named({}, { ownerReferences: owners }), 'Pod', interner).owner?.uid).toBe('2');
    expect(projectMetadata(named({}, { ownerReferences: [owners[0]] }), 'Pod', interner).owner).toBeUndefined();
  });

  it('keeps the annotations that Istio or a rollout reads', () => {
    const annotations = {
      'sidecar.istio.io/inject': 'true',
      'sidecar.istio.io/status': '{}',
      'traffic.sidecar.istio.io/excludeInboundPorts': '9000',
      'status.sidecar.istio.io/port': '0',
      'kubectl.kubernetes.io/restartedAt': 'now',
      'kubectl.kubernetes.io/last-applied-configuration': 'long',
    };
    expect(Object.keys(projectMetadata(named({}, { annotations }), 'Pod', interner).annotations)).toEqual([
      'sidecar.istio.io/inject',
      'traffic.sidecar.istio.io/excludeInboundPorts',
      'status.sidecar.istio.io/port',
      'kubectl.kubernetes.io/restartedAt',
    ]);
  });

  it.each<[name: string, object: Json]>([
    ['nothing at all', {}],
    ['nulls', { metadata: null, spec: null, status: null, subsets: null }],
    ['wrong types', { metadata: { labels: ['a'], annotations: 'b', ownerReferences: {} }, spec: [], status: 7 }],
  ])('survives %s in every projection', (_name, object) => {
    for (const project of [projectPod, projectNamespace, projectService, projectEndpointSlice, projectEvent]) {
      expect(project(object, interner).labels).toEqual({});
    }
    expect(projectWorkload(object, 'CronJob', interner).template.containers).toEqual([]);
    expect(projectDocument(object, 'Gateway', interner).kind).toBe('Gateway');
  });
});

describe('a pod', () => {
  const pod = (spec: Json, status: Json = {}, metadata: Json = {}) =>
    projectPod(named({ spec, status }, metadata), interner);

  it('counts a native sidecar among its containers, a plain init container not', () => {
    const initContainers = [{ name: 'init' }, { name: 'istio-proxy', restartPolicy: 'Always' }];
    const initContainerStatuses = [
      { name: 'init', ready: true, restartCount: 5 },
      { name: 'istio-proxy', ready: true, restartCount: 1 },
    ];
    const containerStatuses = [{ name: 'app', ready: false, restartCount: 2 }];
    const status = { containerStatuses, initContainerStatuses };
    expect(pod({ containers: [{ name: 'app' }], initContainers }, status)).toMatchObject({
      readyContainers: 1,
      totalContainers: 2,
      restarts: 3,
    });
  });

  it('says why it waits', () => {
    const waiting = (reason: string) => ({ containerStatuses: [{ name: 'app', state: { waiting: { reason } } }] });
    expect(pod({}, waiting('CrashLoopBackOff')).reason).toBe('CrashLoopBackOff');
    expect(pod({}, waiting('PodInitializing')).reason).toBe('');
    expect(pod({}, { reason: 'Evicted' }).reason).toBe('Evicted');
  });

  it('reads a status annotation whose lists are null, and passes over one that is not JSON', () => {
    const withStatus = (text: string) => pod({}, {}, { annotations: { 'sidecar.istio.io/status': text } }).injection;
    const status = '{"revision":"prod","containers":null,"initContainers":["istio-init"]}';
    expect(withStatus(status)).toEqual({
      revision: 'prod',
      containers: [],
      initContainers: ['istio-init'],
      volumes: [],
      imagePullSecrets: [],
    });
    expect(withStatus('{')).toBeUndefined();
  });
});

describe('a namespace', () => {
  it('knows the newest writer of an injection label', () => {
    const managedFields = [
      entry('kubectl', '2026-01-02T00:00:00Z', 'istio-injection'),
      entry('argocd-controller', '2026-01-03T00:00:00Z', 'istio.io/rev'),
      entry('kubelet', '2026-01-04T00:00:00Z', 'other'),
    ];
    expect(projectNamespace(named({}, { managedFields }), interner)).toMatchObject({
      labelsChanged: { at: '2026-01-03T00:00:00Z', manager: 'argocd-controller' },
      managedBy: 'argocd-controller',
    });
  });

  it('knows a GitOps tool by its label', () => {
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps' };
    expect(projectNamespace(named({}, { labels }), interner).managedBy).toBe('kustomize-controller');
  });
});

describe('a workload', () => {
  it.each<[kind: string, object: Json, want: Json]>([
    [
      'Deployment',
      { spec: { paused: true }, status: { readyReplicas: 1, updatedReplicas: 1, observedGeneration: 3 } },
      { replicas: 1, readyReplicas: 1, updatedReplicas: 1, isPaused: true, observedGeneration: 3 },
    ],
    ['StatefulSet', { spec: { replicas: 0 } }, { replicas: 0, readyReplicas: 0, isPaused: false }],
    [
      'DaemonSet',
      { status: { desiredNumberScheduled: 4, numberReady: 3, updatedNumberScheduled: 2 } },
      { replicas: 4, readyReplicas: 3, updatedReplicas: 2 },
    ],
    ['ReplicaSet', { spec: { replicas: 2 }, status: { replicas: 1 } }, { replicas: 2, updatedReplicas: 1 }],
    ['Job', { spec: { parallelism: 3, suspend: true } }, { replicas: 3, isPaused: true }],
    [
      'CronJob',
      {
        spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'c' }] } } } } },
        status: { active: [{}] },
      },
      { replicas: 1, template: { containers: [{ name: 'c', image: '', ports: [] }] } },
    ],
    ['ReplicationController', { spec: { selector: { app: 'x' } } }, { selector: { matchLabels: { app: 'x' } } }],
  ])('%s', (kind, object, want) => {
    expect(projectWorkload(named(object), kind, interner)).toMatchObject(want);
  });

  it('tells why it cannot make pods', () => {
    const conditions = [
      { type: 'Progressing', status: 'True', reason: 'fine' },
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'webhook refused' },
    ];
    expect(projectWorkload(named({ status: { conditions } }), 'ReplicaSet', interner).failure).toEqual({
      reason: 'FailedCreate',
      message: 'webhook refused',
    });
  });
});

describe('an event', () => {
  it.each<[name: string, object: Json, want: Json]>([
    [
      'of events.k8s.io has a series',
      { series: { count: 4, lastObservedTime: 'b' }, eventTime: 'a' },
      { count: 4, lastSeen: 'b' },
    ],
    ['of core/v1 has a count', { count: 3, lastTimestamp: 'b', firstTimestamp: 'a' }, { count: 3, lastSeen: 'b' }],
    ['seen once has its own time', { eventTime: 'a', lastTimestamp: null }, { count: 1, lastSeen: 'a' }],
  ])('%s', (_name, object, want) => {
    expect(projectEvent(named(object), interner)).toMatchObject(want);
  });
});

describe('the interner', () => {
  it('gives equal values as one', () => {
    const labels = () => projectMetadata(named({}, { labels: { app: 'x', tier: 'y' } }), 'Pod', interner).labels;
    expect(labels()).toBe(labels());
  });

  it('keeps apart what differs in key, value or order', () => {
    const maps = [{ a: 'b' }, { b: 'a' }, { a: 'c' }, { a: 'b', c: 'd' }].map((map) => interner.map(map));
    expect(new Set(maps).size).toBe(4);
  });
});
