import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { NamespaceRecord, PodRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { explainPod, explainShape, type GateCode, type GateOutcome, type GateSources } from './explain-pod';
import { listControlPlanes } from './list-control-planes';
import { buildNamespaceContext, type InjectionFacts, NO_FACTS } from './namespace-context';
import { parseInjectorConfig } from './parse-injector-config';
import { parseRefusal } from './parse-refusal';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import type { RenderingCheck } from './reality/rendering-check';
import {
  documentRecord,
  eventRecord,
  injectedPodRecord,
  namespaceRecord,
  podRecord,
  serviceRecord,
  webhookConfigurationRecord,
} from './record-builders';
import { say } from './say';

const INJECT = 'sidecar.istio.io/inject';
const settings = (config: string) => {
  const parsed = parseInjectorConfig(documentRecord('ConfigMap', 'istio-sidecar-injector', { data: { config } }));
  return new Map(parsed.ok ? [['default', parsed.value]] : []);
};
const CONFIGURATIONS = parseWebhookConfigurations([webhookConfigurationRecord('hook')]);
const FACTS: InjectionFacts = {
  configurations: CONFIGURATIONS,
  injectors: settings('policy: enabled\ntemplates: { sidecar: a }'),
};
const planes = (services = [serviceRecord('istiod')]) =>
  listControlPlanes({
    configurations: CONFIGURATIONS,
    deployments: [],
    services,
    pods: [podRecord({ namespace: 'istio-system', labels: { app: 'istiod' } })],
  });

interface Case {
  readonly labels?: StringMap;
  readonly facts?: InjectionFacts;
  readonly namespace?: Partial<NamespaceRecord>;
  readonly sources?: GateSources;
}
const explain = (
  pod: PodRecord,
  { labels = { 'istio-injection': 'enabled' }, facts = FACTS, namespace, sources }: Case = {},
) =>
  explainPod(pod, buildNamespaceContext(pod.namespace, namespaceRecord(pod.namespace, labels, namespace), facts), {
    controlPlanes: planes(),
    ...sources,
  });

describe('explainPod', () => {
  it('walks every gate of a pod that is as wanted', () => {
    const { gates } = explain(injectedPodRecord());
    expect(gates.map(({ gate, outcome }) => `${gate} ${outcome}`)).toEqual([
      'injector passed',
      'namespace passed',
      'pod passed',
      'reach passed',
      'host-network passed',
      'system-namespace passed',
      'switch passed',
      'selectors passed',
      'policy passed',
      'annotations passed',
      'template passed',
      'admission passed',
      'age passed',
      'current unknown',
    ]);
  });

  it.each<[name: string, pod: PodRecord, given: Case, gate: GateCode, outcome: string]>([
    ['no injector', podRecord(), { facts: { ...FACTS, configurations: [] } }, 'injector', 'failed'],
    ['namespace', podRecord(), { labels: {} }, 'namespace', 'passed'],
    ['namespace off', podRecord(), { labels: { 'istio-injection': 'disabled' } }, 'namespace', 'failed'],
    ['pod declines', podRecord({ labels: { [INJECT]: 'false' } }), {}, 'pod', 'failed'],
    ['webhook down', podRecord(), { sources: { controlPlanes: planes([]) } }, 'reach', 'failed'],
    ['host network', podRecord({ hostNetwork: true }), {}, 'host-network', 'failed'],
    ['system namespace', podRecord({ namespace: 'kube-system' }), {}, 'system-namespace', 'failed'],
    ['annotation', podRecord({ annotations: { [INJECT]: 'false' } }), {}, 'switch', 'failed'],
    [
      'never selector',
      podRecord({ labels: { app: 'a' } }),
      {
        facts: {
          ...FACTS,
          injectors: settings(
            'policy: enabled\nneverInjectSelector: [{ matchLabels: { app: a } }]\ntemplates: { sidecar: a }',
          ),
        },
      },
      'selectors',
      'failed',
    ],
    [
      'policy',
      podRecord(),
      { facts: { ...FACTS, injectors: settings('policy: disabled\ntemplates: { sidecar: a }') } },
      'policy',
      'failed',
    ],
    [
      'template',
      podRecord({ annotations: { 'inject.istio.io/templates': 'sidecar, nope' } }),
      {},
      'template',
      'failed',
    ],
    [
      'age',
      podRecord(),
      { namespace: { labelsChanged: { at: '2026-03-01T12:00:00Z', manager: 'kubectl' } } },
      'age',
      'failed',
    ],
  ])('%s', (_name, pod, given, gate, outcome) => {
    const { gates } = explain(pod, given);
    expect(gates.find((found) => found.gate === gate)?.outcome).toBe(outcome);
    if (outcome === 'failed')
      expect(gates.filter(({ isDeciding }) => isDeciding).map((found) => found.gate)).toEqual([gate]);
  });

  it('does not reach what stands behind a closed gate', () => {
    const { gates } = explain(podRecord({ hostNetwork: true }));
    const at = gates.findIndex(({ gate }) => gate === 'host-network');
    const outcomes = gates.slice(at + 1).map(({ gate, outcome }) => `${gate} ${outcome}`);
    expect(outcomes.slice(-2)).toEqual(['age passed', 'current passed']);
    expect(new Set(outcomes.slice(0, -2).map((text) => text.split(' ')[1]))).toEqual(new Set(['not-reached']));
  });

  it('lets the gate decide that opened the way last', () => {
    const deciding = (pod: PodRecord) => explain(pod).gates.find(({ isDeciding }) => isDeciding)?.gate;
    expect(deciding(injectedPodRecord())).toBe('policy');
    expect(deciding(injectedPodRecord({ labels: { [INJECT]: 'true' } }))).toBe('switch');
  });

  it('shows what the gates saw', () => {
    const seen = explain(podRecord(), {
      namespace: { labelsChanged: { at: '2026-03-01T12:00:00Z', manager: 'kubectl-label' } },
    }).gates.flatMap((gate) => gate.seen);
    expect(seen).toEqual(
      expect.arrayContaining([
        say('seen.configurations', { names: 'hook' }),
        say('seen.namespace-labels', { labels: 'istio-injection=enabled' }),
        say('seen.entry', { webhook: 'namespace.sidecar-injector.istio.io', configuration: 'hook' }),
        say('seen.failure-policy', { policy: 'Fail' }),
        say('seen.policy', { policy: 'enabled' }),
        say('seen.templates', { templates: 'sidecar' }),
        say('seen.label-changed', { at: '2026-03-01T12:00:00Z', manager: 'kubectl-label' }),
      ]),
    );
  });

  it('shows match conditions only where there are some', () => {
    const configurations = parseWebhookConfigurations([
      webhookConfigurationRecord('hook', { matchConditions: [{ name: 'c', expression: 'true' }] }),
    ]);
    const { gates } = explain(podRecord(), { facts: { ...FACTS, configurations } });
    expect(gates.find(({ gate }) => gate === 'conditions')).toMatchObject({
      outcome: 'passed',
      seen: [say('seen.condition', { name: 'c', expression: 'true' })],
    });
  });

  const rendered = (rendering: RenderingCheck) => explain(injectedPodRecord(), { sources: { rendering } });
  const difference = { path: 'initContainers[istio-proxy].args[3]', running: 'a', wanted: 'b' };
  it.each<[name: string, rendering: RenderingCheck, gate: GateCode, outcome: GateOutcome, last: Phrase]>([
    ['the same', { kind: 'same' }, 'current', 'passed', say('seen.current-same')],
    [
      'a field that differs',
      { kind: 'differs', differences: [difference] },
      'current',
      'failed',
      say('seen.current-differs', difference),
    ],
    [
      'more fields than are shown',
      { kind: 'differs', differences: Array.from({ length: 11 }, () => difference) },
      'current',
      'failed',
      say('seen.current-more', { count: 3 }),
    ],
    [
      'what was not compared',
      { kind: 'unchecked', because: say('unchecked.template-changed') },
      'current',
      'unknown',
      say('unchecked.template-changed'),
    ],
    [
      'a template that fails',
      { kind: 'refused', reasons: [say('pod.not-selected')] },
      'template',
      'failed',
      say('pod.not-selected'),
    ],
  ])('tells of a pod rendered now: %s', (_name, rendering, gate, outcome, last) => {
    const found = rendered(rendering).gates.find((each) => each.gate === gate);
    expect(found).toMatchObject({ outcome });
    expect(found?.seen.at(-1)).toEqual(last);
  });

  it('takes a pod whose fields would differ for outdated, and still for injected by the policy', () => {
    const { verdict, gates } = rendered({ kind: 'differs', differences: [difference] });
    expect(verdict).toMatchObject({ state: 'outdated', reason: 'other-template' });
    expect(verdict.because).toEqual(say('pod.other-template', { count: 1, first: difference.path }));
    expect(gates.find(({ isDeciding }) => isDeciding)?.gate).toBe('policy');
  });

  it('asks about ambient only where it has a say', () => {
    const ambient = (pod: PodRecord, labels: StringMap) =>
      explain(pod, { labels })
        .gates.find(({ gate }) => gate === 'ambient')
        ?.seen.at(-1);
    const mode = { 'istio.io/dataplane-mode': 'ambient' };
    expect(ambient(podRecord(), {})).toBeUndefined();
    expect(ambient(podRecord(), mode)).toEqual(say('seen.ambient-enrolled'));
    expect(ambient(podRecord({ hostNetwork: true }), mode)).toEqual(say('seen.ambient-host-network'));
    expect(ambient(podRecord({ labels: { 'istio.io/dataplane-mode': 'none' } }), mode)).toEqual(
      say('seen.ambient-left-out'),
    );
    expect(ambient(injectedPodRecord(), { ...mode, 'istio-injection': 'enabled' })).toEqual(
      say('seen.ambient-sidecar-wins'),
    );
  });

  it('says unknown where nothing could be read', () => {
    const { gates, verdict } = explain(podRecord(), { facts: NO_FACTS, namespace: { isNameOnly: true } });
    expect(gates.slice(0, 3).map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(gates.some(({ isDeciding }) => isDeciding)).toBe(false);
    expect(verdict.state).toBe('unknown');
  });

  it('tells that the policy was assumed', () => {
    const { gates } = explain(podRecord(), { facts: { ...FACTS, injectors: new Map() } });
    expect(gates.find(({ gate }) => gate === 'policy')?.seen).toEqual([say('seen.policy-assumed')]);
    expect(gates.find(({ gate }) => gate === 'template')?.outcome).toBe('unknown');
  });
});

describe('explainShape', () => {
  it('closes the last gate of a pod that is refused', () => {
    const context = buildNamespaceContext('shop', namespaceRecord('shop', { 'istio-injection': 'enabled' }), FACTS);
    const message = 'pods "a-" is forbidden: exceeded quota: q';
    const events = [
      eventRecord(
        `Error creating: ${message}`,
        { kind: 'ReplicaSet', name: 'a', uid: 'a' },
        { count: 3, lastSeen: '2026-03-01T11:00:00Z' },
      ),
    ];
    const gates = explainShape(podRecord(), context, {
      refusal: parseRefusal(message),
      events,
      controlPlanes: planes(),
    });
    expect(gates.at(-1)).toMatchObject({
      gate: 'admission',
      outcome: 'failed',
      isDeciding: true,
      seen: [
        say('refusal.quota', { detail: 'exceeded quota: q' }),
        say('seen.event', { at: '2026-03-01T11:00:00Z', count: 3 }),
      ],
    });
  });
});
