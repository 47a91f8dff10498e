import { describe, expect, it } from 'vitest';
import { classifyWorkload } from '@/lib/core/injection/classify-workload';
import { buildNamespaceContext } from '@/lib/core/injection/namespace-context';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import {
  injectedPodRecord,
  namespaceRecord,
  ownerOf,
  podRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from '@/lib/core/injection/record-builders';
import { resolveWorkloads } from '@/lib/core/injection/resolve-workloads';
import type { PodRecord } from '@/lib/core/kube/records';
import { listWantedChecks } from './wanted-checks';

const facts = {
  configurations: parseWebhookConfigurations([webhookConfigurationRecord('hook')]),
  injectors: new Map(),
};
const deployment = workloadRecord('Deployment', 'web', { uid: 'd', generation: 3 });
const replicaSet = workloadRecord('ReplicaSet', 'web-5f', { uid: 'r', owner: ownerOf(deployment) });
const owner = ownerOf(replicaSet);
const injected = (name: string, sidecarPrint: string, over: Partial<PodRecord> = {}) =>
  injectedPodRecord({ name, uid: name, owner, sidecarPrint, ...over });

function wantedOf(pods: readonly PodRecord[], label = 'enabled', workloads = [deployment, replicaSet]) {
  const context = buildNamespaceContext('shop', namespaceRecord('shop', { 'istio-injection': label }), facts);
  return resolveWorkloads(workloads, pods).flatMap((workload) => listWantedChecks(classifyWorkload(workload, context)));
}

describe('listWantedChecks', () => {
  it('takes pods that injection made alike for one', () => {
    const wanted = wantedOf([injected('a', 'x'), injected('b', 'x'), injected('c', 'y')]);
    expect(wanted.map(({ pod, key }) => [pod?.name, key])).toEqual([
      ['b', 'r x'],
      ['c', 'r y'],
    ]);
    expect(wanted[0]?.maker).toEqual({ kind: 'ReplicaSet', name: 'web-5f' });
  });

  it('renders the next pod where none runs with a sidecar', () => {
    const next = {
      key: 'd next 3',
      maker: { kind: 'Deployment', name: 'web' },
      revision: 'default',
      namespace: 'shop',
    };
    expect(wantedOf([])).toEqual([next]);
    expect(wantedOf([podRecord({ owner })])).toEqual([next]);
  });

  it('renders a bare pod of itself', () => {
    expect(wantedOf([podRecord({ name: 'alone', uid: 'u' })], 'enabled', [])).toMatchObject([
      { key: 'u next', maker: { kind: 'Pod', name: 'alone' } },
    ]);
    expect(wantedOf([injectedPodRecord({ name: 'alone', uid: 'u', sidecarPrint: 'x' })], 'enabled', [])).toMatchObject([
      { key: 'u x', pod: { name: 'alone' } },
    ]);
  });

  it.each<[name: string, pods: readonly PodRecord[], label: string]>([
    ['nobody would be called for', [injected('a', 'x')], 'disabled'],
    ['is finished', [injected('a', 'x', { phase: 'Succeeded' })], 'enabled'],
    ['is leaving', [injected('a', 'x', { deletedAt: '2026-03-01T10:00:00Z' })], 'enabled'],
  ])('leaves out what %s', (_name, pods, label) => {
    expect(wantedOf(pods, label).filter(({ pod }) => pod !== undefined)).toEqual([]);
  });
});
