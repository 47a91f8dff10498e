import { describe, expect, it } from 'vitest';
import type { EventRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { classifyWorkload, indexEvents } from './classify-workload';
import { buildNamespaceContext } from './namespace-context';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import {
  eventRecord,
  injectedPodRecord,
  namespaceRecord,
  ownerOf,
  podRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from './record-builders';
import { resolveWorkloads } from './resolve-workloads';
import { say } from './say';

const FACTS = {
  configurations: parseWebhookConfigurations([webhookConfigurationRecord('hook')]),
  injectors: new Map(),
};
const MESSAGE = 'pods "web-" is forbidden: exceeded quota: q, requested: cpu=1, used: cpu=1, limited: cpu=1';
const failure = { reason: 'FailedCreate', message: MESSAGE };

function judge(
  workloads: readonly WorkloadRecord[],
  pods: readonly PodRecord[],
  events: readonly EventRecord[] = [],
  labels: Readonly<Record<string, string>> = { 'istio-injection': 'enabled' },
) {
  const context = buildNamespaceContext('shop', namespaceRecord('shop', labels), FACTS);
  const [workload] = resolveWorkloads(workloads, pods);
  if (workload === undefined) throw new Error('no workload');
  return classifyWorkload(workload, context, indexEvents(events));
}

const deployment = (over: Partial<WorkloadRecord> = {}) =>
  workloadRecord('Deployment', 'web', { replicas: 3, ...over });
const replicaSet = (over: Partial<WorkloadRecord> = {}) =>
  workloadRecord('ReplicaSet', 'web-5f', { replicas: 3, owner: ownerOf(deployment()), ...over });
const pods = (count: number, build: (over: Partial<PodRecord>) => PodRecord, owner = ownerOf(replicaSet())) =>
  Array.from({ length: count }, (_, index) => build({ name: `web-${index}`, uid: `web-${index}`, owner }));

describe('classifyWorkload', () => {
  it('takes the worst state of its pods and counts those as wanted', () => {
    const verdict = judge(
      [deployment(), replicaSet()],
      [...pods(2, injectedPodRecord), podRecord({ uid: 'late', owner: ownerOf(replicaSet()) })],
    );
    expect(verdict).toMatchObject({ state: 'missing', asWanted: 2, revisions: ['default'] });
    expect(verdict.counts).toMatchObject({ injected: 2, missing: 1, total: 3 });
    expect(verdict.because.code).toBe('injection.pod.missing-unexplained');
  });

  it('leaves pods out that are leaving', () => {
    const leaving = podRecord({ uid: 'x', owner: ownerOf(replicaSet()), deletedAt: '2026-03-01T10:00:00Z' });
    expect(judge([deployment(), replicaSet()], [...pods(3, injectedPodRecord), leaving]).counts).toMatchObject({
      injected: 3,
      total: 3,
    });
  });

  it('says what its next pod gets when it has none', () => {
    const verdict = judge([deployment({ replicas: 0 }), replicaSet({ replicas: 0 })], []);
    expect(verdict).toMatchObject({
      state: 'not-injected',
      because: say('workload.next-gets-sidecar', { revision: 'default' }),
    });
    expect(judge([deployment({ replicas: 0 })], [], [], {}).because).toEqual(say('mode.unlabelled'));
  });

  it.each<
    [name: string, workloads: readonly WorkloadRecord[], made: number, events: readonly EventRecord[], refused: number]
  >([
    ['a ReplicaSet that says so', [deployment({ failure }), replicaSet({ failure })], 0, [], 3],
    ['only the lacking ones count', [deployment({ failure }), replicaSet({ failure })], 2, [], 1],
    ['the Deployment alone, ReplicaSets unreadable', [deployment({ failure })], 0, [], 3],
    ["the Deployment's condition lags behind", [deployment({ failure }), replicaSet({ replicas: 3 })], 3, [], 0],
    [
      'a stuck rollout beside its old pods',
      [deployment({ failure }), replicaSet(), replicaSet({ name: 'web-6a', uid: 'new', replicas: 1, failure })],
      3,
      [],
      1,
    ],
    ['nothing lacking: old condition of the ReplicaSet', [deployment(), replicaSet({ failure })], 3, [], 0],
    [
      'a failure of another kind',
      [deployment(), replicaSet({ failure: { reason: 'FailedDelete', message: 'x' } })],
      0,
      [],
      0,
    ],
    [
      "a ReplicaSet's event without its condition is over",
      [deployment(), replicaSet()],
      0,
      [eventRecord(`Error creating: ${MESSAGE}`, { kind: 'ReplicaSet', name: 'web-5f', uid: replicaSet().uid })],
      0,
    ],
  ])('refused: %s', (_name, workloads, made, events, refused) => {
    const verdict = judge(workloads, pods(made, injectedPodRecord), events);
    expect(verdict.counts.refused).toBe(refused);
    expect(verdict.counts.total).toBe(made + refused);
    expect(verdict.state).toBe(refused > 0 ? 'refused' : made > 0 ? 'injected' : 'not-injected');
    expect(verdict.refusal?.cause).toBe(refused > 0 ? 'quota' : undefined);
  });

  it.each(['StatefulSet', 'DaemonSet', 'Job'])('%s speaks through events only', (kind) => {
    const record = workloadRecord(kind, 'db', { replicas: 2 });
    const involved = { kind, name: 'db', uid: record.uid };
    const events = [
      eventRecord('Error creating: something else', involved, { lastSeen: '2026-03-01T09:00:00Z' }),
      eventRecord(`Error creating: ${MESSAGE}`, involved, { lastSeen: '2026-03-01T11:00:00Z' }),
    ];
    expect(judge([record], [], events)).toMatchObject({
      state: 'refused',
      counts: { refused: 2 },
      refusal: { cause: 'quota', at: '2026-03-01T11:00:00Z' },
    });
    expect(judge([record], pods(2, injectedPodRecord, ownerOf(record)), events).refusal).toBeUndefined();
  });

  it('a finished Job lacks nothing', () => {
    const record = workloadRecord('Job', 'once', { replicas: 1 });
    const events = [eventRecord(`Error creating: ${MESSAGE}`, { kind: 'Job', name: 'once', uid: record.uid })];
    const done = pods(1, (over) => injectedPodRecord({ ...over, phase: 'Succeeded' }), ownerOf(record));
    expect(judge([record], done, events)).toMatchObject({ state: 'injected', refusal: undefined });
  });

  it('a bare pod is a workload of its own', () => {
    const verdict = judge([], [podRecord({ name: 'bare' })]);
    expect(verdict).toMatchObject({ state: 'missing', workload: { kind: 'Pod', name: 'bare' } });
    expect(verdict.next?.kind).toBe('yes');
  });
});
