import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringAt } from '@/demo/server/json-access';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { hasSidecar, isRunning, names, podsIn, until, warnings } from './demo-client';

let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ readyDelayMs: 50 });
});
afterAll(() => cluster.stop());

const counts = (namespace: string) => {
  const pods = podsIn(cluster, namespace);
  return `${pods.filter(hasSidecar).length} of ${pods.length}`;
};

describe('the demo cluster as people find it', () => {
  it.each([
    ['mission', '0 of 3'],
    ['bookinfo', '6 of 6'],
    ['orders', '2 of 2'],
    ['inventory', '0 of 2'],
    ['search', '0 of 2'],
    ['checkout-migration', '2 of 2'],
    ['reporting', '0 of 2'],
    ['mesh-ambient', '0 of 2'],
    ['mesh-mixed', '2 of 2'],
    ['preview', '0 of 2'],
    ['analytics', '2 of 2'],
    ['payments', '4 of 4'],
    ['platform', '3 of 8'],
    ['sandbox', '3 of 5'],
    ['edge', '2 of 2'],
  ])('%s has a sidecar in %s pods', (namespace, wanted) => {
    expect(counts(namespace)).toBe(wanted);
  });

  it('has old and new forms of the sidecar', () => {
    const [payments] = podsIn(cluster, 'payments');
    const [details] = podsIn(cluster, 'bookinfo');
    if (payments === undefined || details === undefined) throw new Error('The scenario lacks its pods.');
    expect([names(payments, 'initContainers'), names(payments, 'containers')]).toEqual([
      ['istio-init'],
      ['app', 'istio-proxy'],
    ]);
    expect([names(details, 'initContainers'), names(details, 'containers')]).toEqual([
      ['istio-init', 'istio-proxy'],
      ['details'],
    ]);
  });

  it('has pods of the control plane’s former release beside new ones', () => {
    const images = podsIn(cluster, 'warehouse').map((pod) => JSON.stringify(pod.spec).match(/proxyv2:([\d.]+)/)?.[1]);
    expect(images.sort()).toEqual(['1.29.2', '1.29.2', '1.30.1']);
  });

  it('has a past: ages, and label changes with their time and author', () => {
    const shop = cluster.store.get('namespaces', { name: 'shop' });
    const age = (Date.now() - Date.parse(shop?.metadata.creationTimestamp ?? '')) / 86_400_000;
    expect(Math.round(age)).toBe(76);
    const labelled = shop?.metadata.managedFields?.find((entry) => entry.manager === 'kubectl-label');
    expect(Math.round((Date.now() - Date.parse(labelled?.time ?? '')) / 86_400_000)).toBe(31);
    const [pod] = podsIn(cluster, 'shop');
    expect(Date.parse(stringAt(pod, 'status', 'startTime') ?? '')).toBeLessThan(Date.now() - 3_000_000);
  });

  it.each([
    [
      'vault',
      'violates PodSecurity "restricted:latest": unrestricted capabilities (container "istio-init" must not include "NET_ADMIN", "NET_RAW"',
    ],
    ['batch', 'exceeded quota: team-quota, requested: limits.cpu=2020m, used: limits.cpu=4040m, limited: limits.cpu=6'],
    ['edge-functions', 'maximum cpu usage per Container is 1, but limit is 2'],
    ['experiments', 'interceptionMode invalid, use REDIRECT,TPROXY,NONE: SIDEWAYS'],
    [
      'canary-tests',
      'failed calling webhook "rev.namespace.sidecar-injector.istio.io": failed to call webhook: Post "https://istiod-canary.istio-system.svc:443/inject?timeout=10s"',
    ],
  ])('%s says why pods are refused', async (namespace, text) => {
    await until(() => warnings(cluster, namespace).some((message) => message.includes(text)));
  });

  it('asks for refused pods ever less often, and writes nothing but events meanwhile', async () => {
    const seen: string[] = [];
    const stop = cluster.store.watch(({ object }) => seen.push(`${object.kind} ${object.metadata.namespace}`));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    stop();
    expect(seen.filter((change) => /^(Deployment|ReplicaSet) /.test(change))).toEqual([]);
  });

  it('keeps the certificates in every namespace but two', () => {
    const all = cluster.store.list('namespaces').map((namespace) => namespace.metadata.name);
    const without = all.filter(
      (name) => cluster.store.get('configmaps', { name: 'istio-ca-root-cert', namespace: name }) === undefined,
    );
    expect(without).toEqual(['kube-node-lease', 'kube-public']);
    expect(
      all.every((name) => cluster.store.get('configmaps', { name: 'kube-root-ca.crt', namespace: name }) !== undefined),
    ).toBe(true);
  });

  it('lets its own pods run', () => {
    expect(podsIn(cluster, 'istio-system').every(isRunning)).toBe(true);
  });
});

describe('a large demo cluster', () => {
  it('holds 10,000 pods, and rests once it has started', async () => {
    const large = await startDemoCluster({ scenario: 'empty', scale: 1_000 });
    try {
      expect(large.store.list('pods').length).toBeGreaterThan(10_000);
      const before = large.store.resourceVersion;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(large.store.resourceVersion).toBe(before);
    } finally {
      await large.stop();
    }
  }, 180_000);
});
