import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { NamespaceRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { changeNamespaceLabels, type InjectionAction, labelsToWrite } from './change-namespace-labels';
import { listControlPlanes } from './list-control-planes';
import type { InjectionFacts } from './namespace-context';
import { parseInjectorConfig } from './parse-injector-config';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { planInjectionChange } from './plan-injection-change';
import type { PlannedChange } from './preview/preview-types';
import {
  documentRecord,
  injectedPodRecord,
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

const NS = 'istio-injection';
const REV = 'istio.io/rev';
const ENABLE: InjectionAction = { kind: 'enable' };

const CONFIG = parseInjectorConfig(
  documentRecord('ConfigMap', 'istio-sidecar-injector', {
    data: {
      config: 'policy: enabled\ntemplates:\n  sidecar: a\n  gateway: b\n',
      values:
        '{"global":{"hub":"docker.io/istio","tag":"1.24.0","proxy":{"resources":{"requests":{"cpu":"100m","memory":"128Mi"}}}}}',
    },
  }),
);
const CONFIGURATIONS = parseWebhookConfigurations([
  webhookConfigurationRecord('hook'),
  webhookConfigurationRecord('hook-1-24', { revision: '1-24' }),
]);
const FACTS: InjectionFacts = {
  configurations: CONFIGURATIONS,
  injectors: new Map(CONFIG.ok ? [['default', CONFIG.value]] : []),
};
const planes = (services = [serviceRecord('istiod')]) =>
  listControlPlanes({
    configurations: CONFIGURATIONS,
    deployments: [],
    services,
    pods: ['default', '1-24'].map((revision) =>
      podRecord({ namespace: 'istio-system', uid: revision, labels: { app: 'istiod', 'istio.io/rev': revision } }),
    ),
  });

const web = workloadRecord('StatefulSet', 'web', { replicas: 2 });
const pods = (build: (over: Partial<PodRecord>) => PodRecord, owner = web) =>
  [0, 1].map((index) => build({ name: `web-${index}`, uid: `w${index}`, owner: ownerOf(owner) }));

interface Case {
  readonly labels?: StringMap;
  readonly action?: InjectionAction;
  readonly workloads?: readonly WorkloadRecord[];
  readonly pods?: readonly PodRecord[];
  readonly namespace?: Partial<NamespaceRecord>;
  readonly name?: string;
  readonly facts?: InjectionFacts;
  readonly controlPlanes?: ReturnType<typeof planes>;
}

function plan({
  labels = {},
  action = ENABLE,
  workloads = [web],
  pods: owned = pods(podRecord),
  namespace,
  name = 'shop',
  facts = FACTS,
  controlPlanes = planes(),
}: Case) {
  const judged = summarizeNamespace(
    { name, namespace: namespaceRecord(name, labels, namespace), workloads, pods: owned, events: [] },
    facts,
  );
  return planInjectionChange(judged, action, controlPlanes);
}

describe('changeNamespaceLabels', () => {
  it.each<[name: string, labels: StringMap, action: InjectionAction, patch: object, kubectl: string]>([
    ['on', {}, ENABLE, { [NS]: 'enabled' }, 'kubectl label namespace shop istio-injection=enabled'],
    [
      'on from off',
      { [NS]: 'disabled' },
      ENABLE,
      { [NS]: 'enabled' },
      'kubectl label namespace shop istio-injection=enabled --overwrite',
    ],
    [
      'on from a revision',
      { [REV]: '1-24' },
      ENABLE,
      { [NS]: 'enabled', [REV]: null },
      'kubectl label namespace shop istio-injection=enabled istio.io/rev-',
    ],
    [
      'a revision',
      {},
      { kind: 'enable', revision: '1-24' },
      { [REV]: '1-24' },
      'kubectl label namespace shop istio.io/rev=1-24',
    ],
    [
      'a revision from enabled',
      { [NS]: 'enabled' },
      { kind: 'enable', revision: '1-24' },
      { [NS]: null, [REV]: '1-24' },
      'kubectl label namespace shop istio-injection- istio.io/rev=1-24',
    ],
    [
      'another revision',
      { [REV]: '1-22' },
      { kind: 'enable', revision: '1-24' },
      { [REV]: '1-24' },
      'kubectl label namespace shop istio.io/rev=1-24 --overwrite',
    ],
    [
      'off',
      { [REV]: '1-24' },
      { kind: 'disable' },
      { [NS]: 'disabled', [REV]: null },
      'kubectl label namespace shop istio-injection=disabled istio.io/rev-',
    ],
    [
      'unset',
      { [NS]: 'enabled', [REV]: '1-24' },
      { kind: 'unset' },
      { [NS]: null, [REV]: null },
      'kubectl label namespace shop istio-injection- istio.io/rev-',
    ],
    ['already so', { [NS]: 'enabled', team: 'a' }, ENABLE, {}, 'kubectl label namespace shop'],
  ])('%s', (_name, labels, action, patch, kubectl) => {
    const change = changeNamespaceLabels('shop', labels, action);
    expect(change.patch).toEqual(patch);
    expect(change.isNoChange).toBe(Object.keys(patch).length === 0);
    if (!change.isNoChange) expect(change.kubectl).toBe(kubectl);
  });

  it('draws a diff of the two labels', () => {
    expect(
      changeNamespaceLabels('shop', { [NS]: 'disabled', [REV]: '1-24' }, { kind: 'enable', revision: '1-24' }).lines,
    ).toEqual([
      { kind: 'removed', text: `${NS}: disabled` },
      { kind: 'same', text: `${REV}: 1-24` },
    ]);
  });
});

it.each<[name: string, action: InjectionAction, labels: object]>([
  ['on', ENABLE, { [NS]: 'enabled', [REV]: null }],
  ['a revision', { kind: 'enable', revision: '1-24' }, { [NS]: null, [REV]: '1-24' }],
  ['off', { kind: 'disable' }, { [NS]: 'disabled', [REV]: null }],
  ['unset', { kind: 'unset' }, { [NS]: null, [REV]: null }],
])('labelsToWrite says both labels: %s', (_name, action, labels) => {
  expect(labelsToWrite(action)).toEqual(labels);
});

describe('planInjectionChange', () => {
  it.each<[name: string, given: Case, becomes: PlannedChange]>([
    ['switched on: gains', {}, 'gains'],
    ['switched on again: keeps', { labels: { [NS]: 'enabled' }, pods: pods(injectedPodRecord) }, 'keeps'],
    [
      'another revision',
      { labels: { [NS]: 'enabled' }, pods: pods(injectedPodRecord), action: { kind: 'enable', revision: '1-24' } },
      'changes-revision',
    ],
    [
      'switched off: loses',
      { labels: { [NS]: 'enabled' }, pods: pods(injectedPodRecord), action: { kind: 'disable' } },
      'loses',
    ],
    [
      'label removed: loses',
      { labels: { [NS]: 'enabled' }, pods: pods(injectedPodRecord), action: { kind: 'unset' } },
      'loses',
    ],
    ['switched off without', { action: { kind: 'disable' } }, 'stays-without'],
    [
      'half of the pods lack it',
      { labels: { [NS]: 'enabled' }, pods: [...pods(injectedPodRecord).slice(1), ...pods(podRecord).slice(0, 1)] },
      'gains',
    ],
    [
      'a template that declines',
      { workloads: [{ ...web, template: templateRecord({ labels: { 'sidecar.istio.io/inject': 'false' } }) }] },
      'stays-without',
    ],
    ['host network', { workloads: [{ ...web, template: templateRecord({ hostNetwork: true }) }] }, 'stays-without'],
    ['a revision nobody serves', { action: { kind: 'enable', revision: 'nope' } }, 'stays-without'],
    ['scaled to zero', { pods: [] }, 'gains'],
    [
      'a template that does not exist',
      {
        workloads: [
          { ...web, template: templateRecord({ annotations: { 'inject.istio.io/templates': 'sidecar,nope' } }) },
        ],
      },
      'refused',
    ],
    ['webhook down', { controlPlanes: planes([]) }, 'refused'],
    ['webhooks unreadable', { facts: { configurations: undefined, injectors: new Map() } }, 'unknown'],
    [
      'a finished Job',
      {
        workloads: [workloadRecord('Job', 'once')],
        pods: pods((over) => podRecord({ ...over, phase: 'Succeeded' }), workloadRecord('Job', 'once')),
      },
      'stays-without',
    ],
  ])('%s', (_name, given, becomes) => {
    expect(plan(given).workloads.map((row) => row.becomes)).toEqual([becomes]);
  });

  it('says what does not happen', () => {
    expect(plan({}).facts).toEqual([
      say('plan.nothing-restarts', { count: 2 }),
      say('plan.pods-keep', { injected: 0, without: 2 }),
    ]);
    expect(plan({ labels: { [NS]: 'enabled' } }).facts).toEqual([say('plan.no-change')]);
  });

  it('names who answers and how it is', () => {
    expect(plan({})).toMatchObject({
      modeBefore: { kind: 'off' },
      modeAfter: { kind: 'sidecar', servedBy: { configuration: 'hook', revision: 'default' } },
      health: { health: 'serving' },
    });
    expect(plan({ action: { kind: 'disable' } }).health).toBeUndefined();
  });

  it.each<[name: string, given: Case, severity: string, text: ReturnType<typeof say>]>([
    [
      'nobody answers',
      { action: { kind: 'enable', revision: 'nope' } },
      'error',
      say('plan.nobody-answers', { label: `${REV}=nope`, known: `${NS}=enabled, ${REV}=1-24, ${REV}=default` }),
    ],
    [
      'a system namespace',
      { name: 'kube-system' },
      'error',
      say('mode.system-namespace', { namespace: 'kube-system' }),
    ],
    [
      'webhook unreachable',
      { controlPlanes: planes([]) },
      'error',
      say('plan.unreachable', { configuration: 'hook', revision: 'default' }),
    ],
    ['refusals', { controlPlanes: planes([]) }, 'error', say('plan.some-refused', { count: 1 })],
    [
      'the other label goes',
      { labels: { [REV]: '1-24' } },
      'notice',
      say('plan.removes-label', { label: `${REV}=1-24` }),
    ],
    ['leaving ambient', { labels: { 'istio.io/dataplane-mode': 'ambient' } }, 'notice', say('plan.leaves-ambient')],
    [
      'staying in ambient',
      { labels: { 'istio.io/dataplane-mode': 'ambient' }, action: { kind: 'disable' } },
      'notice',
      say('plan.stays-ambient'),
    ],
    ['GitOps', { namespace: { managedBy: 'argocd' } }, 'warning', say('plan.gitops', { manager: 'argocd' })],
    [
      'unreadable labels',
      { namespace: { isNameOnly: true } },
      'error',
      say('mode.labels-unreadable', { namespace: 'shop' }),
    ],
    [
      'a pod that asks for itself',
      {
        action: { kind: 'unset' },
        labels: { [NS]: 'enabled' },
        pods: pods(injectedPodRecord),
        workloads: [{ ...web, template: templateRecord({ labels: { 'sidecar.istio.io/inject': 'true' } }) }],
      },
      'notice',
      say('plan.ask-themselves', { count: 1 }),
    ],
  ])('warns: %s', (_name, given, severity, text) => {
    expect(plan(given).warnings).toContainEqual({ severity, text });
  });

  it('warns that removing the label changes nothing where every namespace is injected', () => {
    const auto = {
      ...FACTS,
      configurations: parseWebhookConfigurations([webhookConfigurationRecord('hook', { injectsByDefault: true })]),
    };
    const result = plan({
      facts: auto,
      labels: { [NS]: 'enabled' },
      action: { kind: 'unset' },
      pods: pods(injectedPodRecord),
    });
    expect(result.warnings).toContainEqual({
      severity: 'warning',
      text: say('plan.still-injected', { configuration: 'hook' }),
    });
    expect(result.workloads[0]?.becomes).toBe('keeps');
  });

  it.each<[kind: string, way: string]>([
    ['Deployment', 'rollout'],
    ['DaemonSet', 'rollout'],
    ['ReplicaSet', 'recreate'],
    ['CronJob', 'next-run'],
  ])('%s comes to new pods by %s', (kind, way) => {
    expect(plan({ workloads: [workloadRecord(kind, 'x')], pods: [] }).workloads[0]?.restart).toBe(way);
  });

  it('leaves what was injected by hand alone', () => {
    const template = templateRecord({ containers: injectedPodRecord().initContainers });
    const given = {
      labels: { [NS]: 'disabled' },
      action: { kind: 'unset' } as const,
      workloads: [{ ...web, template }],
      pods: pods(injectedPodRecord),
    };
    expect(plan(given).workloads[0]).toMatchObject({ becomes: 'keeps', because: say('pod.injected-by-hand') });
  });
});
