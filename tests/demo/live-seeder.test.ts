import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { container, cronJob, deployment, namespace, service } from '@/demo/scenarios/build-objects';
import { seedAdmissionFaults } from '@/demo/scenarios/tricky-admission';
import { seedPodSwitches } from '@/demo/scenarios/tricky-pods';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { createKubeClient, type KubeClient } from '@/testbed/kube-client';
import { applyScenario } from '@/testbed/scenarios/apply-scenario';
import { LiveObjects } from '@/testbed/scenarios/live-objects';
import { LiveSeeder } from '@/testbed/scenarios/live-seeder';
import type { PlaneInstaller } from '@/testbed/scenarios/real-planes';
import { podsIn } from './demo-client';

// The seeder of the real cluster speaks plain HTTP, so the demo cluster can be its target too; its two planes are there.
let cluster: DemoCluster;
let client: KubeClient;
const installed: string[] = [];
const installer: PlaneInstaller = {
  isInstalled: async () => true,
  install: async (revision) => void installed.push(revision),
  setTag: async (tag, revision) => void installed.push(`${tag}=${revision}`),
};

beforeAll(async () => {
  cluster = await startDemoCluster({ scenario: 'default-tag', readyDelayMs: 50 });
  client = createKubeClient(cluster.kubeconfigPath);
});
afterAll(async () => {
  client.close();
  await cluster.stop();
});

const seederOf = (restWithinMs = 10_000) =>
  new LiveSeeder({ objects: new LiveObjects(client), installer, restWithinMs, say: () => undefined });
const seconds = (time: string | undefined) => Date.parse(time ?? '');
const app = (ns: string, name: string, image = 'nginx:1.27.3') =>
  deployment({ name, namespace: ns, replicas: 2, containers: [container({ name: 'app', image })] });

describe('a scenario told over HTTP', () => {
  const apply = (scale = { namespaces: 0, podsPerNamespace: 0 }) =>
    applyScenario({ kubeconfigPath: cluster.kubeconfigPath, installer }, 'mission', scale);

  it('stands when it returns, and is left alone when it is told again', async () => {
    const first = await apply({ namespaces: 12, podsPerNamespace: 2 });
    expect(first.leftOut).toEqual([]);
    expect(podsIn(cluster, 'mission').map(({ status }) => status?.phase)).toEqual(['Running', 'Running', 'Running']);
    const scaled = cluster.store.list('pods').filter(({ metadata }) => /-\d{4}$/.test(metadata.namespace ?? ''));
    expect(scaled).toHaveLength(24);
    const before = cluster.store.resourceVersion;
    const { written, standing } = await apply({ namespaces: 12, podsPerNamespace: 2 });
    expect([written, standing]).toEqual([0, first.written + first.standing]);
    expect(cluster.store.list('deployments.apps').every((one) => Number(one.metadata.resourceVersion) <= before)).toBe(
      true,
    );
    expect(installed).toEqual([]);
  });

  it('names who wrote what, and writes a status where the server takes one', () => {
    const nginx = cluster.store.get('deployments.apps', { name: 'nginx-deployment', namespace: 'mission' });
    const managers = nginx?.metadata.managedFields?.map(({ manager }) => manager);
    expect(managers?.sort()).toEqual(['kube-controller-manager', 'kubectl-client-side-apply']);
    expect(nginx?.metadata.annotations).toHaveProperty('kubectl.kubernetes.io/last-applied-configuration');
    const gateway = cluster.store.get('services', { name: 'istio-ingressgateway', namespace: 'istio-system' });
    expect(JSON.stringify(gateway?.status)).toContain('203.0.113.');
  });

  it('applies what stands otherwise than described', async () => {
    const ref = { name: 'kiali', namespace: 'istio-system' };
    cluster.store.modify('services', ref, (draft) => {
      draft.metadata.labels = { app: 'other' };
    });
    expect((await apply()).written).toBe(1);
    expect(cluster.store.get('services', ref)?.metadata.labels).toEqual({ app: 'kiali' });
  });

  it('needs somebody who installs planes', async () => {
    const bare = applyScenario({ kubeconfigPath: cluster.kubeconfigPath }, 'mission', {
      namespaces: 0,
      podsPerNamespace: 0,
    });
    await expect(bare).rejects.toThrow('needs the control plane 1-10-2');
  });
});

describe('the live seeder', () => {
  it('labels only after the pods that were there before', async () => {
    const seeder = seederOf();
    await seeder.create(namespace('older'));
    await seeder.run(app('older', 'web'));
    await seeder.label('namespaces', { name: 'older' }, { 'istio-injection': 'enabled' });
    const labelled = cluster.store
      .get('namespaces', { name: 'older' })
      ?.metadata.managedFields?.find(({ manager }) => manager === 'kubectl-label');
    const pods = podsIn(cluster, 'older');
    expect(pods).toHaveLength(2);
    for (const { metadata } of pods)
      expect(seconds(metadata.creationTimestamp)).toBeLessThanOrEqual(seconds(labelled?.time));
  });

  it('lets pods be younger than the label when time has passed', async () => {
    const seeder = seederOf();
    await seeder.create(namespace('younger', { 'istio-injection': 'enabled' }));
    await seeder.pass(7_000);
    await seeder.run(app('younger', 'web'));
    await seeder.settle();
    const created = seconds(cluster.store.get('namespaces', { name: 'younger' })?.metadata.creationTimestamp);
    for (const { metadata } of podsIn(cluster, 'younger')) {
      expect(seconds(metadata.creationTimestamp)).toBeGreaterThan(created);
    }
  });

  it('rests when pods are refused, crash, or miss their image', async () => {
    const seeder = seederOf();
    await seedAdmissionFaults(seeder);
    await seedPodSwitches(seeder);
    await seeder.settle();
    expect(podsIn(cluster, 'experiments')).toEqual([]);
    expect(podsIn(cluster, 'recommendations')).toHaveLength(3);
    expect(seeder.tally.leftOut).toEqual([]);
  });

  it('says what does not come to rest', async () => {
    const seeder = seederOf(700);
    await seeder.create(namespace('stuck'));
    await seeder.run(deployment({ name: 'nowhere', namespace: 'stuck', containers: [], pod: NOWHERE }));
    await expect(seeder.settle()).rejects.toThrow(/in vain: .*stuck\/nowhere/);
  });

  it('makes the Jobs of a CronJob, and no more than it keeps', async () => {
    const seeder = seederOf();
    const work = container({ name: 'report', image: 'ghcr.io/example/report:0.8.1' });
    await seeder.create(namespace('nightly'));
    await seeder.run(cronJob({ name: 'report', namespace: 'nightly', schedule: '0 0 1 1 *', containers: [work] }));
    for (let time = 0; time < 5; time += 1) await seeder.tick({ name: 'report', namespace: 'nightly' });
    const jobs = cluster.store.list('jobs.batch').filter(({ metadata }) => metadata.namespace === 'nightly');
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([
      'report-manual-1',
      'report-manual-2',
      'report-manual-3',
    ]);
    expect(jobs.every(({ metadata }) => metadata.ownerReferences?.[0]?.kind === 'CronJob')).toBe(true);
  });

  it('reports what the cluster has no kind for, and what it refuses', async () => {
    const seeder = seederOf();
    const unknown = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'default' } };
    await seeder.create(unknown);
    expect(seeder.tally.leftOut).toEqual([{ object: 'Widget default/w', why: 'kind is not served' }]);
    await expect(seeder.create(service({ name: 'Bad Name', namespace: 'default', ports: [80] }))).rejects.toThrow(
      /Bad Name was answered with 422/,
    );
  });

  it('leaves to istiod what stands behind a Gateway', async () => {
    const seeder = seederOf();
    const labels = { 'gateway.istio.io/managed': 'istio.io-gateway-controller' };
    await seeder.run(service({ name: 'gateway-istio', namespace: 'default', ports: [80], labels }));
    expect(seeder.tally.leftOut).toEqual([{ object: 'Service default/gateway-istio', why: 'istiod makes it' }]);
  });
});

const NOWHERE = {
  containers: [{ name: 'app', image: 'nginx:1.27.3' }],
  nodeSelector: { 'kubernetes.io/os': 'plan9' },
};
