import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { EventRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { buildOverview } from './build-overview';
import { listControlPlanes } from './list-control-planes';
import { listKindReach, sumGained } from './list-kind-reach';
import { listProblems } from './list-problems';
import { listRecentChanges } from './list-recent-changes';
import type { InjectionFacts } from './namespace-context';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import {
  eventRecord,
  injectedPodRecord,
  injectionStatus,
  namespaceRecord,
  ownerOf,
  podRecord,
  serviceRecord,
  templateRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from './record-builders';
import { say } from './say';
import { summarizeNamespace } from './summarize-namespace';

const CONFIGURATIONS = parseWebhookConfigurations([
  webhookConfigurationRecord('hook'),
  webhookConfigurationRecord('hook-1-24', { revision: '1-24', service: 'istiod-1-24' }),
]);
const FACTS: InjectionFacts = { configurations: CONFIGURATIONS, injectors: new Map() };

interface Contents {
  readonly workloads?: readonly WorkloadRecord[];
  readonly pods?: readonly PodRecord[];
  readonly events?: readonly EventRecord[];
  readonly changedAt?: string;
}

function judge(name: string, labels: StringMap, { workloads = [], pods = [], events = [], changedAt }: Contents = {}) {
  const namespace = namespaceRecord(
    name,
    labels,
    changedAt === undefined ? {} : { labelsChanged: { at: changedAt, manager: 'kubectl-label' } },
  );
  return summarizeNamespace({ name, namespace, workloads, pods, events }, FACTS);
}

const bare = (name: string, namespace: string, over: Partial<PodRecord> = {}) =>
  podRecord({ name, namespace, uid: `${namespace}/${name}`, ...over });
const sidecar = (name: string, namespace: string, revision = 'default', over: Partial<PodRecord> = {}) =>
  injectedPodRecord({ name, namespace, uid: `${namespace}/${name}`, ...over }, revision);
const ENABLED = { 'istio-injection': 'enabled' };
const failure = { reason: 'FailedCreate', message: 'pods "a" is forbidden: exceeded quota: q' };

const CLUSTER = [
  judge('shop', ENABLED, {
    workloads: [workloadRecord('ReplicaSet', 'full', { replicas: 2, failure })],
    pods: [bare('a', 'shop'), bare('b', 'shop'), sidecar('c', 'shop'), sidecar('d', 'shop', '1-24')],
  }),
  judge('lost', { 'istio.io/rev': 'nope' }, { pods: [bare('e', 'lost')] }),
  judge('both', { ...ENABLED, 'istio.io/rev': '1-24' }),
  judge(
    'off',
    { 'istio-injection': 'disabled' },
    { pods: [bare('asks', 'off', { labels: { 'sidecar.istio.io/inject': 'true' } }), sidecar('stays', 'off')] },
  ),
  judge('plain', {}, { pods: [bare('note', 'plain', { annotations: { 'sidecar.istio.io/inject': 'true' } })] }),
];
const PLANES = listControlPlanes({
  configurations: CONFIGURATIONS,
  deployments: undefined,
  services: [serviceRecord('istiod')],
  pods: [podRecord({ namespace: 'istio-system', labels: { app: 'istiod' } })],
});

describe('listProblems', () => {
  const problems = listProblems(CLUSTER, PLANES);

  it('groups by cause, worst first', () => {
    expect(
      problems.map(({ cause, severity, pods, objects }) => `${severity} ${cause} ${pods} ${objects.length}`),
    ).toEqual([
      'error quota 2 1',
      'error control-plane-down 0 1',
      'warning missing-unexplained 2 2',
      'warning namespace-unknown-revision 0 1',
      'warning namespace-conflict 0 1',
      'notice other-revision 1 1',
      'notice pod-blocked 1 1',
      'notice unwanted 1 1',
      'notice annotation-needs-label 1 1',
    ]);
  });

  it('names the objects, why, and what helps', () => {
    expect(problems.find(({ cause }) => cause === 'quota')).toMatchObject({
      title: say('problem.quota'),
      objects: [
        {
          kind: 'ReplicaSet',
          namespace: 'shop',
          name: 'full',
          pods: 2,
          because: say('refusal.quota', { detail: 'exceeded quota: q' }),
        },
      ],
      remedies: [{ action: 'raise-quota' }],
    });
    expect(problems.find(({ cause }) => cause === 'namespace-conflict')?.remedies[0]).toEqual({
      action: 'remove-namespace-label',
      text: say('remedy.remove-namespace-label', { label: 'istio.io/rev=1-24' }),
    });
  });

  it('finds nothing where all is as wanted', () => {
    expect(listProblems([judge('ok', ENABLED, { pods: [sidecar('a', 'ok')] })])).toEqual([]);
  });

  it('finds what was rendered and came out otherwise, and what would be refused', () => {
    const pods = [sidecar('stale', 'shop')];
    const contents = { name: 'shop', namespace: namespaceRecord('shop', ENABLED), workloads: [], events: [] };
    const differences = [{ path: 'a', running: '1', wanted: '2' }];
    const stale = summarizeNamespace({ ...contents, pods }, FACTS, {
      ofPod: () => ({ kind: 'differs', differences }),
      ofNext: () => undefined,
    });
    expect(listProblems([stale])).toMatchObject([
      {
        cause: 'other-template',
        severity: 'notice',
        objects: [{ name: 'stale', because: say('pod.other-template', { count: 1, first: 'a' }) }],
        remedies: [{ action: 'recreate-pod' }],
      },
    ]);
    const reason = { code: 'engine.refusal.annotation-invalid', values: { annotation: 'a' } };
    const workloads = [workloadRecord('Deployment', 'web', { replicas: 0 })];
    const refused = summarizeNamespace({ ...contents, workloads, pods: [] }, FACTS, {
      ofPod: () => undefined,
      ofNext: () => ({ kind: 'refused', reasons: [reason] }),
    });
    expect(listProblems([refused])).toMatchObject([
      { cause: 'next-refused', severity: 'warning', objects: [{ name: 'web', because: reason }] },
    ]);
  });

  it('warns of an injector whose webhooks let pods pass meanwhile', () => {
    const configurations = parseWebhookConfigurations([
      webhookConfigurationRecord('hook', { failurePolicy: 'Ignore' }),
    ]);
    const planes = listControlPlanes({ configurations, deployments: [], services: [], pods: [] });
    expect(listProblems([], planes).map(({ cause }) => cause)).toEqual(['control-plane-down', 'failing-open']);
  });

  it('leaves out what has finished or is leaving', () => {
    const pods = [bare('done', 'ok', { phase: 'Failed' }), bare('gone', 'ok', { deletedAt: '2026-03-01T10:00:00Z' })];
    expect(listProblems([judge('ok', ENABLED, { pods })])).toEqual([]);
  });
});

describe('buildOverview', () => {
  const overview = buildOverview(CLUSTER, PLANES);

  it('has the five numbers and the bar', () => {
    expect(overview.numbers).toEqual({ injected: 1, missing: 2, outdated: 2, refused: 2, controlPlanes: 2 });
    expect(overview.bar.map(({ state, count }) => `${state} ${count}`)).toEqual([
      'injected 1',
      'outdated 2',
      'not-injected 3',
      'missing 2',
      'refused 2',
    ]);
    expect(overview.bar.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('shows the worst five causes of all', () => {
    expect(overview.causes.map(({ cause }) => cause)).toEqual([
      'quota',
      'control-plane-down',
      'missing-unexplained',
      'namespace-unknown-revision',
      'namespace-conflict',
    ]);
    expect(overview.causeCount).toBe(9);
  });

  it('counts namespaces by mode', () => {
    expect(overview.namespaces).toEqual({ total: 5, injecting: 2, off: 3, ambient: 0 });
  });

  it('follows an upgrade by running pods', () => {
    expect(
      overview.progress.map(({ revision, wanted, current, leaving }) => ({ revision, wanted, current, leaving })),
    ).toEqual([
      { revision: 'default', wanted: 4, current: 1, leaving: 1 },
      { revision: '1-24', wanted: 0, current: 0, leaving: 1 },
    ]);
  });

  it('has no share to divide where there is no pod', () => {
    expect(buildOverview([], []).bar).toEqual([]);
  });
});

describe('listRecentChanges', () => {
  const now = '2026-03-01T12:00:00Z';
  const record = workloadRecord('Deployment', 'web', { createdAt: '2026-02-01T10:00:00Z' });
  const replicaSet = (createdAt: string) =>
    workloadRecord('ReplicaSet', 'web-5f', { owner: ownerOf(record), createdAt });
  const show = (contents: Contents, events: readonly EventRecord[] = []) =>
    listRecentChanges([judge('shop', ENABLED, contents)], events, now).map(
      ({ at, kind, object, because }) =>
        `${at} ${kind} ${object.kind}/${object.name} ${because.code.replace('injection.', '')}`,
    );

  it.each<[name: string, contents: Contents, want: readonly string[]]>([
    ['a label', { changedAt: '2026-03-01T11:30:00Z' }, ['2026-03-01T11:30:00Z label Namespace/shop change.label']],
    ['a label of yesterday', { changedAt: '2026-02-28T11:30:00Z' }, []],
    [
      'a rollout',
      { workloads: [record, replicaSet('2026-03-01T11:40:00Z')] },
      ['2026-03-01T11:40:00Z rollout Deployment/web change.rolled-out'],
    ],
    [
      'a new workload',
      { workloads: [{ ...record, createdAt: '2026-03-01T11:39:59Z' }, replicaSet('2026-03-01T11:40:00Z')] },
      ['2026-03-01T11:40:00Z rollout Deployment/web change.created'],
    ],
    [
      'a restart, told once',
      {
        workloads: [
          {
            ...record,
            template: templateRecord({ annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-03-01T11:40:00Z' } }),
          },
          replicaSet('2026-03-01T11:40:01Z'),
        ],
      },
      ['2026-03-01T11:40:00Z rollout Deployment/web change.restarted'],
    ],
    [
      'pods that got a sidecar',
      { pods: [sidecar('a', 'shop', 'default', { createdAt: '2026-03-01T11:50:00Z' })] },
      ['2026-03-01T11:50:00Z injection Pod/a change.injected'],
    ],
    ['a time to come', { changedAt: '2026-03-01T13:00:00Z' }, []],
  ])('%s', (_name, contents, want) => {
    expect(show(contents)).toEqual(want);
  });

  it('tells failures from events, newest first', () => {
    const involved = { kind: 'ReplicaSet', name: 'web-5f', uid: 'u' };
    const events = [
      eventRecord(`Error creating: ${failure.message}`, involved, { lastSeen: '2026-03-01T11:10:00Z' }),
      eventRecord('Scaled up', involved, { reason: 'ScalingReplicaSet', lastSeen: '2026-03-01T11:20:00Z' }),
    ];
    expect(show({ changedAt: '2026-03-01T11:30:00Z' }, events)).toEqual([
      '2026-03-01T11:30:00Z label Namespace/shop change.label',
      '2026-03-01T11:10:00Z failure ReplicaSet/web-5f refusal.quota',
    ]);
  });
});

describe('failures of pods that a workload owns', () => {
  it('are told once per cause, at that workload, by their newest event', () => {
    const record = workloadRecord('Deployment', 'web', { createdAt: '2026-02-01T10:00:00Z' });
    const members = ['web-5f', 'web-6a'].map((name) =>
      workloadRecord('ReplicaSet', name, { owner: ownerOf(record), createdAt: '2026-02-01T10:00:00Z' }),
    );
    const at = (name: string, lastSeen: string, message = failure.message) =>
      eventRecord(`Error creating: ${message}`, { kind: 'ReplicaSet', name, uid: name }, { lastSeen });
    const events = [
      at('web-5f', '2026-03-01T11:10:00Z'),
      at('web-6a', '2026-03-01T11:40:00Z'),
      at('web-5f', '2026-03-01T11:20:00Z'),
      at(
        'web-5f',
        '2026-03-01T11:05:00Z',
        'pods "a" is forbidden: error looking up service account shop/web: not found',
      ),
    ];
    const changes = listRecentChanges(
      [judge('shop', ENABLED, { workloads: [record, ...members] })],
      events,
      '2026-03-01T12:00:00Z',
    );
    expect(
      changes.map(({ at: time, object, because }) => `${time} ${object.kind}/${object.name} ${because.code}`),
    ).toEqual([
      '2026-03-01T11:40:00Z Deployment/web injection.refusal.quota',
      '2026-03-01T11:05:00Z Deployment/web injection.refusal.service-account',
    ]);
  });
});

describe('listKindReach', () => {
  const record = workloadRecord('Deployment', 'web');
  const replicaSet = workloadRecord('ReplicaSet', 'web-5f', { owner: ownerOf(record) });
  const { workloads } = judge('shop', ENABLED, {
    workloads: [record, replicaSet, workloadRecord('DaemonSet', 'agent')],
    pods: [
      sidecar('a', 'shop', 'default', { owner: ownerOf(replicaSet) }),
      bare('b', 'shop', { owner: ownerOf(replicaSet) }),
      sidecar('c', 'shop'),
    ],
  });
  const reach = listKindReach(workloads, { Service: 3, ConfigMap: 1 });

  it('counts each kind and what its pods gained', () => {
    const rows = reach.touched.map(
      ({ kind, objects, pods, gained }) =>
        `${kind} ${objects} ${pods} ${gained.pods}+${gained.containers}+${gained.initContainers}+${gained.volumes}`,
    );
    expect(rows).toEqual([
      'Pod 3 3 2+2+2+4',
      'Deployment 1 2 1+1+1+2',
      'ReplicaSet 1 2 1+1+1+2',
      'DaemonSet 1 0 0+0+0+0',
      'StatefulSet 0 0 0+0+0+0',
      'Job 0 0 0+0+0+0',
      'CronJob 0 0 0+0+0+0',
      'ReplicationController 0 0 0+0+0+0',
    ]);
  });

  it('keeps apart what injection never touches', () => {
    expect(reach.untouched).toEqual([
      { kind: 'Service', objects: 3, because: say('reach.Service') },
      { kind: 'ConfigMap', objects: 1, because: say('reach.ConfigMap') },
      { kind: 'Secret', objects: undefined, because: say('reach.Secret') },
    ]);
  });

  it('counts a sidecar of the old form among the containers', () => {
    const old = podRecord({
      injection: { ...injectionStatus(), containers: ['istio-proxy'], initContainers: ['istio-init'] },
    });
    expect(sumGained([old])).toEqual({ pods: 1, containers: 1, initContainers: 1, volumes: 2 });
  });
});
