import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { container, deployment, job, namespace, service, statefulSet } from '@/demo/scenarios/build-objects';
import { numberAt, recordsAt, valueAt } from '@/demo/server/json-access';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { create, hasSidecar, isRunning, names, podsIn, relabel, restart, until } from './demo-client';

let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ scenario: 'mission', readyDelayMs: 60 });
});
afterAll(() => cluster.stop());

const main = container({ name: 'app', image: 'nginx:1.27.3', ports: [80] });
const status = (name: string) => cluster.store.get('deployments.apps', { name, namespace: 'mission' })?.status ?? {};

describe('workloads of the demo cluster', () => {
  it('rest: what the scenario left needs no more work', async () => {
    const before = cluster.store.resourceVersion;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(cluster.store.resourceVersion).toBe(before);
  });

  it('change nothing when a namespace is labelled, and inject every pod of a restart', async () => {
    const before = podsIn(cluster, 'mission');
    expect(before.map(hasSidecar)).toEqual([false, false, false]);
    relabel(cluster, 'mission', { 'istio.io/rev': '1-10-2' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(podsIn(cluster, 'mission')).toEqual(before);

    let fewest = 3;
    const stop = cluster.store.watch(() => {
      fewest = Math.min(fewest, numberAt(status('nginx-deployment'), 'availableReplicas') ?? 0);
    });
    restart(cluster, 'mission', 'nginx-deployment');
    await until(() => podsIn(cluster, 'mission').length === 3 && podsIn(cluster, 'mission').every(hasSidecar));
    await until(() => podsIn(cluster, 'mission').every(isRunning));
    stop();
    expect(fewest).toBe(3);
    const old = new Set(before.map((pod) => pod.metadata.uid));
    expect(podsIn(cluster, 'mission').some((pod) => old.has(pod.metadata.uid))).toBe(false);
    expect(names(podsIn(cluster, 'mission')[0] ?? before[0] ?? never(), 'containers')).toEqual([
      'nginx',
      'istio-proxy',
    ]);
    await until(() =>
      recordsAt(status('nginx-deployment'), 'conditions').some((one) => one.reason === 'NewReplicaSetAvailable'),
    );
    expect(
      cluster.store.get('deployments.apps', { name: 'nginx-deployment', namespace: 'mission' })?.metadata.annotations,
    ).toMatchObject({
      'deployment.kubernetes.io/revision': '2',
    });
  });

  it('follow a new size up and down, and the Service follows them', async () => {
    const scale = (replicas: number) =>
      cluster.store.modify('deployments.apps', { name: 'nginx-deployment', namespace: 'mission' }, (draft) => {
        draft.spec = { ...draft.spec, replicas };
      });
    const backends = () =>
      recordsAt(cluster.store.get('endpoints', { name: 'nginx-service', namespace: 'mission' }), 'subsets').flatMap(
        (subset) => recordsAt(subset, 'addresses'),
      );
    scale(5);
    await until(() => backends().length === 5);
    expect(podsIn(cluster, 'mission')).toHaveLength(5);
    scale(1);
    await until(() => podsIn(cluster, 'mission').length === 1 && backends().length === 1);
  });

  it('go when their owner is deleted', async () => {
    await create(
      cluster,
      'deployments.apps',
      deployment({ name: 'short-lived', namespace: 'mission', containers: [main] }),
    );
    const pods = () => podsIn(cluster, 'mission').filter((pod) => pod.metadata.labels?.app === 'short-lived');
    await until(() => pods().some(isRunning));
    cluster.store.delete('deployments.apps', { name: 'short-lived', namespace: 'mission' });
    await until(() => pods().length === 0);
    expect(cluster.store.list('replicasets.apps', 'mission').map((set) => set.metadata.name)).not.toContainEqual(
      expect.stringMatching(/^short-lived-/),
    );
  });

  it('run a Job to its end, with an ordinary namespace', async () => {
    await create(cluster, 'namespaces', namespace('batch'));
    const work = job({
      name: 'import',
      namespace: 'batch',
      containers: [main],
      spec: { completions: 2, parallelism: 1 },
      podAnnotations: { 'demo.sidelight/runs-for-seconds': '0.1' },
    });
    await create(cluster, 'jobs.batch', work);
    const succeeded = () =>
      valueAt(cluster.store.get('jobs.batch', { name: 'import', namespace: 'batch' }), 'status', 'succeeded');
    await until(() => succeeded() === 2);
    expect(podsIn(cluster, 'batch').map((pod) => pod.status?.phase)).toEqual(['Succeeded', 'Succeeded']);
  });

  it('make the pods of a StatefulSet in order', async () => {
    await create(cluster, 'namespaces', namespace('ordered'));
    await create(
      cluster,
      'services',
      service({ name: 'db', namespace: 'ordered', ports: [5432], spec: { clusterIP: 'None' } }),
    );
    const born: string[] = [];
    const stop = cluster.store.watch(({ type, object }) => {
      if (type === 'ADDED' && object.kind === 'Pod') born.push(object.metadata.name);
    });
    await create(
      cluster,
      'statefulsets.apps',
      statefulSet({ name: 'db', namespace: 'ordered', replicas: 3, containers: [main] }),
    );
    await until(() => podsIn(cluster, 'ordered').filter(isRunning).length === 3);
    stop();
    expect(born).toEqual(['db-0', 'db-1', 'db-2']);
  });

  it('shows an image that cannot be pulled', async () => {
    const missing = container({ name: 'app', image: 'registry.example/does-not-exist:1' });
    await create(
      cluster,
      'deployments.apps',
      deployment({ name: 'typo', namespace: 'mission', containers: [missing] }),
    );
    const reason = () =>
      podsIn(cluster, 'mission')
        .filter((pod) => pod.metadata.labels?.app === 'typo')
        .flatMap((pod) => recordsAt(pod, 'status', 'containerStatuses'))
        .map((one) => valueAt(one, 'state', 'waiting', 'reason'));
    await until(() => reason().includes('ImagePullBackOff'));
  });
});

function never(): never {
  throw new Error('There is no pod.');
}
