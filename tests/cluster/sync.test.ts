import { afterEach, describe, expect, it } from 'vitest';
import { tokenUser } from '@/demo/server/demo-users';
import { KINDS, kindsWithout } from '@/demo/server/kinds';
import type { ChangeBatch } from '@/lib/cluster/change-batch';
import { KIND_IDS } from '@/lib/cluster/watched-kinds.data';
import { type Right, setRights } from './set-rights';
import {
  addDeployment,
  addNamespace,
  addPod,
  compareWithFreshList,
  startTestCluster,
  type TestCluster,
  type TestClusterOptions,
} from './start-test-cluster';

const READ = ['get', 'list', 'watch'];
const clusters: TestCluster[] = [];
const start = async (options?: TestClusterOptions) => {
  const cluster = await startTestCluster(options);
  clusters.push(cluster);
  return cluster;
};
afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
});

/** May read all but what is named. */
const readingAllBut = (without: readonly string[]): Right[] =>
  [...new Set(KINDS.map((row) => row.group))].map((group) => ({
    verbs: READ,
    apiGroups: [group],
    resources: KINDS.filter((row) => row.group === group && !without.includes(row.plural)).map((row) => row.plural),
  }));

describe('a session', () => {
  it('holds every kind of the cluster after a moment', async () => {
    const { store, open } = await start();
    addNamespace(store, 'web', { 'istio-injection': 'enabled' });
    addDeployment(store, 'web', 'nginx');
    addPod(store, 'web', 'nginx-1');
    const session = open();
    await session.whenSettled();
    expect(session.store.connection()).toEqual({ status: 'live' });
    expect(session.store.missing()).toEqual([]);
    expect(session.store.get('pods', 'web', 'nginx-1')?.containers[0]?.image).toBe('nginx:1.18.0');
    for (const id of KIND_IDS) {
      const { snapshot, fresh } = await compareWithFreshList(session, id);
      expect(snapshot).toEqual(fresh);
    }
  });

  it('shows a changed label within a second, and names it to subscribers', async () => {
    const { store, open } = await start();
    addNamespace(store, 'web');
    const session = open();
    await session.whenSettled();
    const batches: ChangeBatch[] = [];
    session.store.subscribe((batch) => batches.push(batch));
    const version = session.store.version;
    const startedAt = Date.now();
    store.modify('namespaces', { name: 'web' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio-injection': 'enabled' };
    });
    const labelOf = () => session.store.get('namespaces', '', 'web')?.labels['istio-injection'];
    await expect.poll(labelOf, { interval: 5 }).toBe('enabled');
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect(session.store.version).toBeGreaterThan(version);
    await expect.poll(() => batches.length, { interval: 5 }).toBe(1);
    expect(batches[0]).toMatchObject({
      kinds: ['namespaces'],
      namespaces: ['web'],
      objects: [{ kind: 'namespaces', namespace: '', name: 'web', type: 'modified' }],
    });
  });

  it('never asks for a Secret and never gets the content of a ConfigMap', async () => {
    const { store, open, requests } = await start();
    addNamespace(store, 'web');
    const data = { key: 'hidden' };
    store.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'web' },
      data,
    });
    const session = open();
    await session.whenSettled();
    expect(session.store.get('configmaps', 'web', 'c')?.kind).toBe('ConfigMap');
    expect(JSON.stringify(session.store.list('configmaps'))).not.toContain('hidden');
    expect(requests.filter(({ path }) => path.includes('secrets'))).toEqual([]);
    await expect(session.transport.requestJson({ path: '/api/v1/namespaces/web/secrets' })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it('takes a long list in pages', async () => {
    const { store, open, requests } = await start();
    addNamespace(store, 'web');
    for (let n = 0; n < 1_100; n += 1) addPod(store, 'web', `pod-${n}`);
    const session = open('admin', { kinds: ['pods'] });
    await session.whenSettled();
    expect(session.store.count('pods')).toBe(1_100);
    const pages = () => requests.filter(({ path }) => path.startsWith('/api/v1/pods?') && path.includes('limit='));
    expect(pages().map(({ path }) => path.includes('limit=500'))).toEqual([true, true, true]);
    expect(pages().map(({ path }) => path.includes('continue='))).toEqual([false, true, true]);
  });

  it('goes on without a kind that is forbidden, and takes it up when it is allowed', async () => {
    const { store, open } = await start({ users: [tokenUser('reader')] });
    setRights(store, 'reader', readingAllBut(['pods']));
    addNamespace(store, 'web');
    addPod(store, 'web', 'a');
    const session = open('reader');
    await session.whenSettled();
    expect(session.store.connection().status).toBe('live');
    expect(session.store.list('namespaces').some(({ name }) => name === 'web')).toBe(true);
    expect(session.store.missing().map(({ id, state }) => [id, state.reason, state.right])).toEqual([
      ['pods', 'forbidden', 'list, watch pods'],
    ]);
    setRights(store, 'reader', readingAllBut([]));
    await expect.poll(() => session.store.count('pods')).toBe(1);
    await expect.poll(() => session.store.missing()).toEqual([]);
  });

  it('drops what may no longer be read', async () => {
    const { store, server, open } = await start({ users: [tokenUser('reader')] });
    setRights(store, 'reader', readingAllBut([]));
    addNamespace(store, 'web');
    addPod(store, 'web', 'a');
    const session = open('reader');
    await session.whenSettled();
    expect(session.store.count('pods')).toBe(1);
    setRights(store, 'reader', readingAllBut(['pods']));
    await server.pause();
    await server.resume();
    await expect.poll(() => session.store.state('pods').status, { timeout: 5_000 }).toBe('missing');
    expect(session.store.count('pods')).toBe(0);
    expect(session.store.connection().status).toBe('live');
  });

  it('records kinds that the cluster does not have', async () => {
    const { open } = await start({ kinds: kindsWithout('networking.istio.io', 'gateway.networking.k8s.io') });
    const session = open();
    await session.whenSettled();
    expect(session.store.connection()).toEqual({ status: 'live' });
    const missing = session.store.missing();
    expect(missing.length).toBe(9);
    expect(missing.every(({ state }) => state.reason === 'absent')).toBe(true);
    expect(session.store.state('peerauthentications.security.istio.io').status).toBe('live');
  });
});

describe('a user with rights in one namespace', () => {
  const users = [tokenUser('member')];
  const reading = (...namespaces: string[]): Right => ({
    verbs: READ,
    apiGroups: ['', 'apps'],
    resources: ['pods', 'services', 'deployments'],
    namespaces,
  });

  it('sees that namespace, by name only when the namespace itself may not be read', async () => {
    const { store, open } = await start({ users });
    for (const name of ['mine', 'other']) {
      addNamespace(store, name);
      addPod(store, name, 'a');
    }
    setRights(store, 'member', [reading('mine')]);
    const session = open('member', { namespaces: ['mine'] });
    await session.whenSettled();
    await expect.poll(() => session.store.list('pods').map(({ namespace }) => namespace)).toEqual(['mine']);
    expect(session.store.list('namespaces')).toMatchObject([{ name: 'mine', isNameOnly: true }]);
    expect(session.store.state('pods')).toMatchObject({
      status: 'missing',
      reason: 'forbidden',
      right: 'list, watch pods',
      namespaces: ['mine'],
    });
    addPod(store, 'mine', 'b');
    await expect.poll(() => session.store.count('pods', 'mine')).toBe(2);
  });

  it('sees its labels where it may get the namespace, and a change of them after a while', async () => {
    const get = { verbs: ['get'], apiGroups: [''], resources: ['namespaces'], namespaces: ['mine'] };
    const { store, open } = await start({ users });
    addNamespace(store, 'mine', { 'istio-injection': 'enabled' });
    setRights(store, 'member', [reading('mine'), get]);
    const session = open('member', { namespaces: ['mine'] });
    const labels = () => session.store.get('namespaces', '', 'mine')?.labels['istio-injection'];
    await expect.poll(labels).toBe('enabled');
    expect(session.store.get('namespaces', '', 'mine')?.isNameOnly).toBeUndefined();
    store.modify('namespaces', { name: 'mine' }, (draft) => {
      draft.metadata.labels = { 'istio-injection': 'disabled' };
    });
    await expect.poll(labels).toBe('disabled');
  });

  it('finds its namespaces among those it may list, and says stale when the API server is away', async () => {
    const list = { verbs: READ, apiGroups: [''], resources: ['namespaces'] };
    const { store, server, open } = await start({ users });
    for (const name of ['a', 'b', 'c']) {
      addNamespace(store, name);
      addPod(store, name, 'x');
    }
    setRights(store, 'member', [reading('a', 'b'), list]);
    const session = open('member');
    await expect.poll(() => session.store.count('pods')).toBe(2);
    await expect.poll(() => session.store.state('pods').namespaces).toEqual(['a', 'b']);
    await server.pause();
    await expect.poll(() => session.store.state('pods').staleSince).toBeTypeOf('string');
    expect(session.store.count('pods')).toBe(2);
    await server.resume();
    await expect.poll(() => session.store.connection().status, { timeout: 5_000 }).toBe('live');
  });
});
