import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { NamespaceRecord, PodRecord, TemplateRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { classifyPod, type PodReason } from './classify-pod';
import { buildNamespaceContext, type InjectionFacts, NO_FACTS } from './namespace-context';
import type { InjectorConfig } from './parse-injector-config';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import type { PodState } from './pod-states';
import {
  containerRecord,
  injectedPodRecord,
  injectionStatus,
  namespaceRecord,
  PROXY_IMAGE,
  podRecord,
  templateRecord,
  webhookConfigurationRecord,
} from './record-builders';
import { say } from './say';

const ENABLED = { 'istio-injection': 'enabled' };
const INJECT = 'sidecar.istio.io/inject';
const REV = 'istio.io/rev';

const config = (revision: string, over: Partial<InjectorConfig> = {}): InjectorConfig => ({
  policy: 'enabled',
  neverInject: [],
  alwaysInject: [],
  revision,
  namespace: 'istio-system',
  configMap: 'istio-sidecar-injector',
  defaultTemplates: ['sidecar'],
  templateNames: ['gateway', 'sidecar'],
  proxyImage: { hub: 'docker.io/istio', name: 'proxyv2', tag: '1.24.0', variant: '' },
  injectsByDefault: false,
  ...over,
});

const factsWith = (...options: readonly Parameters<typeof webhookConfigurationRecord>[1][]): InjectionFacts => ({
  configurations: parseWebhookConfigurations(
    options.map((option, index) => webhookConfigurationRecord(`hook-${index}`, option)),
  ),
  injectors: new Map([
    ['default', config('default')],
    ['1-24', config('1-24')],
  ]),
});
const FACTS = factsWith({}, { revision: '1-24' }, { revision: '1-24', tag: 'prod' });

interface Surroundings {
  readonly labels?: StringMap;
  readonly namespace?: Partial<NamespaceRecord>;
  readonly facts?: InjectionFacts;
  readonly template?: TemplateRecord;
}

function classify(pod: PodRecord, { labels = ENABLED, namespace, facts = FACTS, template }: Surroundings = {}) {
  const context = buildNamespaceContext(pod.namespace, namespaceRecord(pod.namespace, labels, namespace), facts);
  return classifyPod(pod, context, template === undefined ? {} : { template });
}

describe('classifyPod', () => {
  it.each<
    [name: string, pod: PodRecord, surroundings: Surroundings, state: PodState, reason: PodReason, because: Phrase]
  >([
    [
      'injected as wanted',
      injectedPodRecord(),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: 'default' }),
    ],
    [
      'injected through a tag',
      injectedPodRecord({}, '1-24'),
      { labels: { [REV]: 'prod' } },
      'injected',
      'injected',
      say('pod.injected', { revision: '1-24' }),
    ],
    [
      'another revision',
      injectedPodRecord(),
      { labels: { [REV]: '1-24' } },
      'outdated',
      'other-revision',
      say('pod.other-revision', { revision: 'default', wanted: '1-24' }),
    ],
    [
      'another image',
      injectedPodRecord({}, 'default', 'docker.io/istio/proxyv2:1.23.2'),
      {},
      'outdated',
      'other-image',
      say('pod.other-image', { image: 'docker.io/istio/proxyv2:1.23.2', wanted: PROXY_IMAGE }),
    ],
    [
      'only another image type',
      injectedPodRecord({}, 'default', `${PROXY_IMAGE}-distroless`),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: 'default' }),
    ],
    [
      "an image of the pod's own",
      injectedPodRecord(
        { annotations: { 'sidecar.istio.io/proxyImage': 'example.com/proxy:9' } },
        'default',
        'example.com/proxy:9',
      ),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: 'default' }),
    ],
    [
      'an image from an override',
      injectedPodRecord(
        { annotations: { 'proxy.istio.io/overrides': '{"containers":[{"name":"istio-proxy","image":"my/proxy:1"}]}' } },
        'default',
        'my/proxy:1',
      ),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: 'default' }),
    ],
    [
      'a status of before 1.11, without a revision',
      injectedPodRecord({ injection: injectionStatus('') }),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: '–' }),
    ],
    [
      'no proxy container at all (gRPC)',
      podRecord({ injection: injectionStatus() }),
      {},
      'injected',
      'injected',
      say('pod.injected', { revision: 'default' }),
    ],
    [
      'unwanted: the namespace is off',
      injectedPodRecord(),
      { labels: {} },
      'outdated',
      'unwanted',
      say('pod.unwanted', { revision: 'default' }),
    ],
    [
      'injected by hand',
      injectedPodRecord(),
      {
        labels: {},
        template: templateRecord({ containers: [containerRecord('app'), containerRecord('istio-proxy', PROXY_IMAGE)] }),
      },
      'injected',
      'manual',
      say('pod.injected-by-hand'),
    ],
    [
      'a gateway template is not by hand',
      injectedPodRecord(),
      { labels: {}, template: templateRecord({ containers: [containerRecord('istio-proxy', 'auto')] }) },
      'outdated',
      'unwanted',
      say('pod.unwanted', { revision: 'default' }),
    ],
    [
      'older than the label',
      podRecord(),
      { namespace: { labelsChanged: { at: '2026-03-01T12:00:00Z', manager: 'kubectl-label' } } },
      'missing',
      'older-than-label',
      say('pod.older-than-label', { created: '2026-03-01T10:00:00Z', changed: '2026-03-01T12:00:00Z' }),
    ],
    [
      'as old as the label: seconds cannot tell',
      podRecord(),
      { namespace: { labelsChanged: { at: '2026-03-01T10:00:00Z', manager: 'kubectl-label' } } },
      'missing',
      'older-than-label',
      say('pod.older-than-label', { created: '2026-03-01T10:00:00Z', changed: '2026-03-01T10:00:00Z' }),
    ],
    [
      'older than the injector',
      podRecord({ createdAt: '2026-03-01T10:00:00Z' }),
      { facts: factsWith({ createdAt: '2026-03-01T11:00:00Z' }) },
      'missing',
      'older-than-webhook',
      say('pod.older-than-webhook', {
        created: '2026-03-01T10:00:00Z',
        configuration: 'hook-0',
        changed: '2026-03-01T11:00:00Z',
      }),
    ],
    [
      'passed while failing open',
      podRecord({ createdAt: '2026-03-02T10:00:00Z' }),
      { facts: factsWith({ failurePolicy: 'Ignore' }) },
      'missing',
      'failed-open',
      say('pod.failed-open', { webhook: 'namespace.sidecar-injector.istio.io' }),
    ],
    [
      'missing for no recorded reason',
      podRecord({ createdAt: '2026-03-02T10:00:00Z' }),
      {},
      'missing',
      'missing-unexplained',
      say('pod.missing-unexplained', { webhook: 'namespace.sidecar-injector.istio.io' }),
    ],
    ['unlabelled namespace', podRecord(), { labels: {} }, 'not-injected', 'not-wanted', say('mode.unlabelled')],
    [
      'namespace off',
      podRecord(),
      { labels: { 'istio-injection': 'disabled' } },
      'not-injected',
      'not-wanted',
      say('mode.disabled', { label: 'istio-injection=disabled' }),
    ],
    [
      'pod declines by label',
      podRecord({ labels: { [INJECT]: 'false' } }),
      {},
      'not-injected',
      'not-wanted',
      say('pod.opted-out', { label: `${INJECT}=false` }),
    ],
    [
      'pod declines by annotation',
      podRecord({ annotations: { [INJECT]: 'false' } }),
      {},
      'not-injected',
      'not-wanted',
      say('decision.annotation-no', { value: 'false' }),
    ],
    ['host network', podRecord({ hostNetwork: true }), {}, 'not-injected', 'not-wanted', say('decision.host-network')],
    [
      'system namespace',
      podRecord({ namespace: 'kube-system' }),
      {},
      'not-injected',
      'not-wanted',
      say('decision.system-namespace', { namespace: 'kube-system' }),
    ],
    [
      'namespace blocks a pod that asks',
      podRecord({ labels: { [INJECT]: 'true' } }),
      { labels: { 'istio-injection': 'disabled' } },
      'not-injected',
      'not-wanted',
      say('pod.namespace-blocks', { namespaceLabel: 'istio-injection=disabled', podLabel: `${INJECT}=true` }),
    ],
    [
      'a pod asks for a revision nobody serves',
      podRecord({ labels: { [REV]: 'nope' } }),
      { labels: {} },
      'not-injected',
      'not-wanted',
      say('pod.unknown-revision', { revision: 'nope', known: '1-24, default, prod' }),
    ],
    ['finished without', podRecord({ phase: 'Succeeded' }), {}, 'not-injected', 'finished', say('pod.finished')],
    [
      'finished with an old sidecar',
      injectedPodRecord({ phase: 'Failed' }, 'old'),
      {},
      'injected',
      'finished',
      say('pod.injected', { revision: 'old' }),
    ],
    [
      'enrolled in ambient',
      podRecord({ annotations: { 'ambient.istio.io/redirection': 'enabled' } }),
      { labels: { 'istio.io/dataplane-mode': 'ambient' } },
      'ambient',
      'ambient',
      say('pod.ambient'),
    ],
    [
      'labelled for ambient, not enrolled yet',
      podRecord(),
      { labels: { 'istio.io/dataplane-mode': 'ambient' } },
      'ambient',
      'ambient',
      say('pod.ambient-expected'),
    ],
    [
      'opted out of ambient',
      podRecord({ labels: { 'istio.io/dataplane-mode': 'none' } }),
      { labels: { 'istio.io/dataplane-mode': 'ambient' } },
      'not-injected',
      'not-wanted',
      say('mode.ambient', { label: 'istio.io/dataplane-mode=ambient' }),
    ],
    [
      'host network is never in ambient',
      podRecord({ hostNetwork: true }),
      { labels: { 'istio.io/dataplane-mode': 'ambient' } },
      'not-injected',
      'not-wanted',
      say('mode.ambient', { label: 'istio.io/dataplane-mode=ambient' }),
    ],
    [
      'a pod alone in ambient',
      podRecord({ labels: { 'istio.io/dataplane-mode': 'ambient' } }),
      { labels: {} },
      'ambient',
      'ambient',
      say('pod.ambient-expected'),
    ],
    [
      'a managed gateway',
      podRecord({
        labels: { 'gateway.istio.io/managed': 'istio.io-gateway-controller', [INJECT]: 'false' },
        containers: [containerRecord('istio-proxy', PROXY_IMAGE)],
      }),
      {},
      'not-injected',
      'gateway-managed',
      say('pod.gateway-managed'),
    ],
    [
      'a proxy of its own',
      podRecord({ labels: { [INJECT]: 'false' }, containers: [containerRecord('istio-proxy', PROXY_IMAGE)] }),
      {},
      'not-injected',
      'own-proxy',
      say('pod.own-proxy'),
    ],
    [
      'a proxy that nobody recorded',
      podRecord({ containers: [containerRecord('istio-proxy', PROXY_IMAGE)] }),
      {},
      'outdated',
      'manual-proxy',
      say('pod.manual-proxy'),
    ],
    [
      'webhooks unreadable, without',
      podRecord(),
      { facts: NO_FACTS },
      'unknown',
      'unknown',
      say('mode.webhooks-unreadable'),
    ],
    [
      'webhooks unreadable, with',
      injectedPodRecord(),
      { facts: NO_FACTS },
      'injected',
      'unchecked',
      say('pod.injected-unchecked', { revision: 'default' }),
    ],
    [
      'labels unreadable',
      podRecord(),
      { namespace: { isNameOnly: true } },
      'unknown',
      'unknown',
      say('mode.labels-unreadable', { namespace: 'shop' }),
    ],
    [
      'labels unreadable, host network',
      podRecord({ hostNetwork: true }),
      { namespace: { isNameOnly: true } },
      'not-injected',
      'not-wanted',
      say('decision.host-network'),
    ],
    [
      'match conditions that are not evaluated',
      podRecord(),
      { facts: factsWith({ matchConditions: [{ name: 'c', expression: 'request.name != ""' }] }) },
      'unknown',
      'unknown',
      say('pod.conditions-unknown', { webhook: 'namespace.sidecar-injector.istio.io' }),
    ],
    [
      'injector policy disabled',
      podRecord(),
      { facts: { ...FACTS, injectors: new Map([['default', config('default', { policy: 'disabled' })]]) } },
      'not-injected',
      'not-wanted',
      say('decision.policy-disabled'),
    ],
  ])('%s', (_name, pod, surroundings, state, reason, because) => {
    expect(classify(pod, surroundings)).toMatchObject({ state, reason, because });
  });

  it('accepts the revision of either of two configurations', () => {
    const facts = factsWith({}, { tag: 'default', revision: '1-24' });
    expect(classify(injectedPodRecord({}, '1-24'), { facts }).state).toBe('injected');
    expect(classify(injectedPodRecord({}, 'default'), { facts }).state).toBe('injected');
    expect(classify(injectedPodRecord(), { facts }).notes).toContainEqual(
      say('note.two-configurations', { configurations: 'hook-0, hook-1' }),
    );
  });

  it.each<[name: string, pod: PodRecord, surroundings: Surroundings, note: Phrase]>([
    [
      'an odd switch',
      injectedPodRecord({ labels: { [INJECT]: 'yes' } }),
      {},
      say('note.odd-switch', { key: INJECT, value: 'yes' }),
    ],
    [
      'a revision label that the namespace overrules',
      injectedPodRecord({ labels: { [REV]: '1-24' } }),
      {},
      say('note.pod-revision-ignored', { label: `${REV}=1-24` }),
    ],
    [
      'an annotation where a label is needed',
      podRecord({ annotations: { [INJECT]: 'true' } }),
      { labels: {} },
      say('note.annotation-needs-label'),
    ],
    [
      'ambient until the restart',
      podRecord({ annotations: { 'ambient.istio.io/redirection': 'enabled' } }),
      {},
      say('note.ambient-meanwhile'),
    ],
  ])('notes %s', (_name, pod, surroundings, note) => {
    expect(classify(pod, surroundings).notes).toContainEqual(note);
  });

  it('does not note a revision label that decides', () => {
    const pod = injectedPodRecord({ labels: { [REV]: '1-24' } }, '1-24');
    expect(classify(pod, { labels: {} })).toMatchObject({ state: 'injected', notes: [say('decision.policy-enabled')] });
  });

  it('does not note the label that the injector of an old release wrote', () => {
    const pod = injectedPodRecord({ labels: { [REV]: '1-24' } }, '1-24');
    expect(classify(pod, { labels: { [REV]: 'prod' } })).toMatchObject({
      state: 'injected',
      notes: [say('decision.policy-enabled')],
    });
  });

  it('tells the revisions and who serves', () => {
    expect(classify(injectedPodRecord(), { labels: { [REV]: 'prod' } })).toMatchObject({
      revision: 'default',
      wantedRevision: '1-24',
      servedBy: { configuration: 'hook-2', revision: '1-24', tag: 'prod' },
      proxyImage: PROXY_IMAGE,
      answer: 'yes',
      rule: 'policy',
    });
  });

  it.each<[name: string, pod: PodRecord, surroundings: Surroundings, actions: readonly string[]]>([
    [
      'missing',
      podRecord({ owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u' } }),
      {},
      ['restart-workload'],
    ],
    ['missing and bare', podRecord(), {}, ['recreate-pod']],
    ['namespace unlabelled', podRecord(), { labels: {} }, ['enable-namespace', 'recreate-pod']],
    [
      'namespace disabled',
      podRecord(),
      { labels: { 'istio-injection': 'disabled' } },
      ['enable-namespace', 'recreate-pod'],
    ],
    ['unknown revision', podRecord(), { labels: { [REV]: 'nope' } }, ['fix-namespace-label', 'recreate-pod']],
    ['pod declines', podRecord({ labels: { [INJECT]: 'false' } }), {}, ['remove-pod-label', 'recreate-pod']],
    [
      'annotation declines',
      podRecord({ annotations: { [INJECT]: 'false' } }),
      {},
      ['remove-annotation', 'recreate-pod'],
    ],
    ['host network', podRecord({ hostNetwork: true }), {}, ['leave-host-network', 'recreate-pod']],
    ['no injector', podRecord(), { facts: factsWith() }, ['install-injector', 'recreate-pod']],
    ['system namespace', podRecord({ namespace: 'kube-system' }), {}, ['none']],
    ['unreadable', podRecord(), { facts: NO_FACTS }, ['ask-for-rights']],
    ['as wanted', injectedPodRecord(), {}, []],
  ])('offers what helps: %s', (_name, pod, surroundings, actions) => {
    expect(classify(pod, surroundings).remedies.map(({ action }) => action)).toEqual(actions);
  });

  it('marks pods that leave and pods that are done', () => {
    expect(classify(podRecord({ deletedAt: '2026-03-01T10:00:00Z' })).isTerminating).toBe(true);
    expect(classify(podRecord({ phase: 'Succeeded' })).isFinished).toBe(true);
  });
});
