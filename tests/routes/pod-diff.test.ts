import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PodDiffAnswer, podDiffAnswerSchema } from '@/lib/api/pod-diff';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'tricky' });
});
afterAll(() => api.stop());

/** Those that stay: pods of Jobs come and go. */
const injected = () =>
  api.cluster.store
    .list('pods')
    .filter(({ metadata }) => metadata.annotations?.[STATUS_ANNOTATION] !== undefined)
    .filter(({ metadata }) => !metadata.ownerReferences?.some(({ kind }) => kind === 'Job'));

async function diff(namespace: string, name: string, headers = {}): Promise<PodDiffAnswer> {
  const { status, body } = await api.get(`/api/v1/namespaces/${namespace}/pods/${name}/diff`, headers);
  expect({ namespace, name, status }).toMatchObject({ status: 200 });
  return podDiffAnswerSchema.parse(body);
}

describe('GET …/pods/{pod}/diff', () => {
  it('proves every injected pod by the configuration of its revision', async () => {
    const pods = injected();
    const unproven = new Map<string, readonly string[]>();
    for (const { metadata } of pods) {
      const { proof, parts, ownerDifferences } = await diff(metadata.namespace ?? '', metadata.name);
      expect(parts.length).toBeGreaterThan(10);
      expect([metadata.name, ownerDifferences]).toEqual([metadata.name, []]);
      if (proof.verified !== 'same') unproven.set(metadata.name.replace(/-\w+-\w+$/, ''), proof.differences);
    }
    expect(pods.length).toBeGreaterThan(20);
    // Those whose pods the same control plane injected at another time: with other values, and in an earlier release.
    const fieldOf = (field: string) =>
      ['istio-init', 'istio-proxy'].map((name) => `spec.initContainers[${name}].${field}`);
    expect(Object.fromEntries(unproven)).toEqual({
      'document-store': fieldOf('resources.requests[cpu]'),
      'stock-api': fieldOf('image'),
    });
  }, 60_000);

  it('decides by the pod alone where the configuration may not be read', async () => {
    const own = injected().find(({ metadata }) => metadata.namespace === 'shop');
    const { proof, parts } = await diff('shop', own?.metadata.name ?? '', { 'x-sidelight-cluster': 'demo-team' });
    expect(proof).toEqual({ verified: 'none', differences: [] });
    expect(parts.length).toBeGreaterThan(10);
  });

  it('names the webhook that is likely to have changed a pod beside the injection', async () => {
    const [first] = injected();
    const { namespace = '', name = '' } = first?.metadata ?? {};
    api.cluster.store.create('mutatingwebhookconfigurations.admissionregistration.k8s.io', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'cost-labels' },
      webhooks: [
        {
          name: 'labels.cost.example.com',
          clientConfig: { url: 'https://127.0.0.1:1/' },
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Ignore',
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
      ],
    });
    const pod = api.cluster.store.get('pods', { name, namespace });
    if (pod === undefined) throw new Error('no pod');
    const labels = { ...pod.metadata.labels, 'cost.example.com/team': 'a' };
    api.cluster.store.update('pods', { ...pod, metadata: { ...pod.metadata, labels } });
    await expect
      .poll(async () => (await diff(namespace, name)).ownerDifferences)
      .toEqual([
        {
          path: 'metadata.labels[cost.example.com/team]',
          ofPod: 'a',
          because: { code: 'uninject.other-webhook', values: { names: 'labels.cost.example.com' } },
        },
      ]);
  });
});
