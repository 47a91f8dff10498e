import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { PodRecord } from '@/lib/core/kube/records';
import { answerInjection } from './answer-injection';
import { classifyPod } from './classify-pod';
import { workloadKind } from './engine/workload-kinds';
import { explainPod, type GateCode } from './explain-pod';
import { explainHazard, explainWebhooks } from './explain-webhooks';
import { listControlPlanes } from './list-control-planes';
import { type HazardCode, listHazards } from './list-hazards';
import { buildNamespaceContext, type InjectionFacts } from './namespace-context';
import { parseInjectorConfig } from './parse-injector-config';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import {
  documentRecord,
  injectedPodRecord,
  namespaceRecord,
  podRecord,
  webhookConfigurationRecord,
} from './record-builders';

/** Every reason that the specification of the explainer lists, each with the code that says so. */
const INJECT = 'sidecar.istio.io/inject';
const REV = 'istio.io/rev';
const NS = 'istio-injection';
const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };
const ENABLED = { [NS]: 'enabled' };

const settings = (config: string) => {
  const data = { config: `${config}\ntemplates: { sidecar: a, gateway: b }`, values: '{"global":{"tag":"1.30.1"}}' };
  const parsed = parseInjectorConfig(documentRecord('ConfigMap', 'istio-sidecar-injector', { data }));
  return new Map(parsed.ok ? [['default', parsed.value]] : []);
};
const HOOKS = [
  webhookConfigurationRecord('hook'),
  webhookConfigurationRecord('hook-1-24', { revision: '1-24' }),
  webhookConfigurationRecord('tag-prod', { revision: '1-24', tag: 'prod' }),
];
const facts = (config = 'policy: enabled', hooks = HOOKS): InjectionFacts => ({
  configurations: parseWebhookConfigurations(hooks),
  injectors: settings(config),
});

interface Case {
  readonly labels?: StringMap;
  readonly pod?: PodRecord;
  readonly facts?: InjectionFacts;
  readonly namespace?: string;
}
const place = ({ labels = ENABLED, pod = podRecord(), facts: given = facts(), namespace = pod.namespace }: Case) => ({
  pod,
  context: buildNamespaceContext(namespace, namespaceRecord(namespace, labels), given),
});
const asking = (labels: StringMap, annotations: StringMap = {}) => podRecord({ labels, annotations });
const never = 'policy: enabled\nneverInjectSelector: [{ matchLabels: { a: z } }, { matchLabels: { a: b } }]';
const always = 'policy: disabled\nalwaysInjectSelector: [{ matchLabels: { a: b } }]';

describe('appendix E of the specification', () => {
  it.each([['Service'], ['ConfigMap'], ['Namespace']])('1: %s is no kind that is injected', (kind) => {
    expect(workloadKind(kind)).toBeUndefined();
  });

  it.each<[name: string, given: Case, because: string]>([
    ['2: no injector', { facts: facts(undefined, []) }, 'mode.no-injector'],
    ['3: the namespace’s label has a wrong value', { labels: { [NS]: 'true' } }, 'mode.odd-value'],
    ['3: the case of the value counts', { labels: { [NS]: 'Enabled' } }, 'mode.odd-value'],
    ['3: the namespace is switched off', { labels: { [NS]: 'disabled' } }, 'mode.disabled'],
    ['3: the namespace has no label', { labels: {} }, 'mode.unlabelled'],
    ['3: a revision that nobody serves', { labels: { [REV]: '1-9' } }, 'mode.unknown-revision'],
    ['3: the pod declines by its label', { pod: asking({ [INJECT]: 'false' }) }, 'pod.opted-out'],
    [
      '3: the namespace blocks',
      { labels: { [NS]: 'disabled' }, pod: asking({ [INJECT]: 'true' }) },
      'pod.namespace-blocks',
    ],
    ['3: the pod names a lost revision', { labels: {}, pod: asking({ [REV]: '1-9' }) }, 'pod.unknown-revision'],
    [
      '3: the configuration is deactivated',
      { facts: facts('policy: enabled', [webhookConfigurationRecord('hook', { isDeactivated: true })]) },
      'mode.deactivated',
    ],
    ['5: host network', { pod: podRecord({ hostNetwork: true }) }, 'decision.host-network'],
    ['5: a system namespace', { namespace: 'kube-system' }, 'decision.system-namespace'],
    ['5: no by annotation', { pod: asking({}, { [INJECT]: 'false' }) }, 'decision.annotation-no'],
    [
      '5: yes by label, against the annotation',
      { pod: asking({ [INJECT]: 'true' }, { [INJECT]: 'false' }) },
      'decision.label-yes',
    ],
    ['5: a never selector, by its number', { facts: facts(never), pod: asking({ a: 'b' }) }, 'decision.never-selector'],
    ['5: an always selector', { facts: facts(always), pod: asking({ a: 'b' }) }, 'decision.always-selector'],
    ['5: the policy is off', { facts: facts('policy: disabled') }, 'decision.policy-disabled'],
    [
      '5: the policy is off, and the pod asks',
      { facts: facts('policy: disabled'), pod: asking({ [INJECT]: 'true' }) },
      'decision.label-yes',
    ],
    [
      '5: the policy is no word',
      { facts: facts('policy: sometimes'), pod: asking({ [INJECT]: 'true' }) },
      'decision.policy-illegal',
    ],
  ])('%s', (_name, given, because) => {
    const { pod, context } = place(given);
    const answer = answerInjection(pod, context);
    expect(answer.because.code).toBe(`injection.${because}`);
  });

  it('5: tells already of the namespace that its injector injects only what asks', () => {
    const { context } = place({ facts: facts('policy: disabled') });
    expect(context.mode).toMatchObject({ kind: 'off', servedBy: null, because: { code: 'injection.mode.policy-off' } });
  });

  it('names the revisions and tags that are known, and the selector that decided', () => {
    const lost = place({ labels: { [REV]: '1-9' } });
    expect(answerInjection(lost.pod, lost.context).because.values).toEqual({
      revision: '1-9',
      known: '1-24, default, prod',
    });
    const picked = place({ facts: facts(never), pod: asking({ a: 'b' }) });
    expect(answerInjection(picked.pod, picked.context).because.values).toEqual({ number: 2 });
  });

  const DOUBLE = [...HOOKS, webhookConfigurationRecord('rival')];
  const broken = (failurePolicy: string) => [webhookConfigurationRecord('hook', { failurePolicy, service: 'gone' })];
  it.each<[name: string, given: Case, hazard: HazardCode]>([
    ['3: the pod’s revision is ignored', { pod: asking({ [REV]: '1-24' }) }, 'pod-revision-ignored'],
    ['3: both labels', { labels: { ...ENABLED, [REV]: '1-24' } }, 'both-labels'],
    ['3: both labels, and off', { labels: { [NS]: 'disabled', [REV]: '1-24' } }, 'both-labels'],
    [
      '3: an annotation where a label is needed',
      { labels: {}, pod: asking({}, { [INJECT]: 'true' }) },
      'annotation-needs-label',
    ],
    ['3: an unknown revision', { labels: { [REV]: '1-9' } }, 'unknown-revision'],
    ['4: two configurations', { facts: facts('policy: enabled', DOUBLE) }, 'two-configurations'],
    ['5: a word that is none', { pod: asking({ [INJECT]: 'yes' }) }, 'odd-switch'],
    ['6: an invalid annotation', { pod: asking({}, { 'sidecar.istio.io/interceptionMode': 'X' }) }, 'would-be-refused'],
    ['6: an unknown template', { pod: asking({}, { 'inject.istio.io/templates': 'none' }) }, 'would-be-refused'],
    ['8: nobody answers, and pods are refused', { facts: facts(undefined, broken('Fail')) }, 'unreachable-fail'],
    ['8: nobody answers, and pods pass', { facts: facts(undefined, broken('Ignore')) }, 'unreachable-ignore'],
    ['9: ambient and a sidecar', { labels: { ...ENABLED, ...AMBIENT } }, 'ambient-and-sidecar'],
  ])('%s', (_name, given, hazard) => {
    const { pod, context } = place(given);
    const { configurations } = context.facts;
    const controlPlanes = listControlPlanes({ configurations, deployments: [], services: [], pods: [] });
    const isAboutReach = hazard.startsWith('unreachable');
    const found = listHazards(answerInjection(pod, context), context, isAboutReach ? { controlPlanes } : {});
    expect(found.map((each) => each.hazard)).toEqual([hazard]);
  });

  it('4: check-inject names both configurations', () => {
    const { configurations = [] } = facts(undefined, DOUBLE);
    expect(explainHazard(explainWebhooks(ENABLED, {}, configurations))?.code).toBe('injection.check.many-hooks');
  });

  it('6: names each invalid annotation with the injector’s own words', () => {
    const annotations = {
      'sidecar.istio.io/interceptionMode': 'X',
      'traffic.sidecar.istio.io/excludeInboundPorts': 'y',
    };
    const { pod, context } = place({ pod: asking({}, annotations) });
    const refused = answerInjection(pod, context).refused ?? [];
    expect(refused.map(({ values }) => values?.annotation)).toEqual(Object.keys(annotations));
    const gates = explainPod(pod, context).gates.filter(({ outcome }) => outcome === 'failed');
    expect(gates.map(({ gate }) => gate)).toContain<GateCode>('annotations');
  });

  const at = (createdAt: string) => ({ createdAt });
  const LATER = '2026-03-02T10:00:00Z';
  it.each<[name: string, given: Case & { readonly changed?: string }, reason: string]>([
    ['8: created before the label', { pod: podRecord(at('2026-03-01T10:00:00Z')), changed: LATER }, 'older-than-label'],
    [
      '8: created before the webhook',
      { facts: facts(undefined, [webhookConfigurationRecord('hook', at(LATER))]) },
      'older-than-webhook',
    ],
    [
      '8: let through while nobody answered',
      { facts: facts(undefined, [webhookConfigurationRecord('hook', { failurePolicy: 'Ignore' })]) },
      'failed-open',
    ],
    ['8: a sidecar although the answer is no', { labels: { [NS]: 'disabled' }, pod: injectedPodRecord() }, 'unwanted'],
    ['8: a sidecar of another revision', { pod: injectedPodRecord({}, '1-24') }, 'other-revision'],
    [
      '8: a sidecar of another image',
      { pod: injectedPodRecord({}, 'default', 'docker.io/istio/proxyv2:1.29.0'), facts: facts('policy: enabled') },
      'other-image',
    ],
    [
      '9: in ambient instead',
      { labels: AMBIENT, pod: asking({}, { 'ambient.istio.io/redirection': 'enabled' }) },
      'ambient',
    ],
  ])('%s', (_name, { changed, ...given }, reason) => {
    const { pod } = place(given);
    const labels = given.labels ?? ENABLED;
    const labelsChanged = changed === undefined ? {} : { labelsChanged: { at: changed, manager: 'kubectl-label' } };
    const namespace = namespaceRecord(pod.namespace, labels, labelsChanged);
    const context = buildNamespaceContext(pod.namespace, namespace, given.facts ?? facts());
    expect(classifyPod(pod, context).reason).toBe(reason);
  });
});
