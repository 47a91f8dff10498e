import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '@/demo/certificates/create-authority';
import { adminUser } from '@/demo/server/demo-users';
import { configureCluster } from '@/lib/cluster/cluster-settings';
import { closeAllSessions, getSession } from '@/lib/cluster/current-sessions';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import { addNamespace, SHORT, startTestCluster, type TestCluster } from './start-test-cluster';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await closeAllSessions();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(users = [adminUser()]): Promise<{ cluster: TestCluster; path: string }> {
  const cluster = await startTestCluster({ users });
  const folder = mkdtempSync(join(tmpdir(), 'renewed-'));
  cleanups.push(
    () => cluster.stop(),
    () => rmSync(folder, { recursive: true }),
  );
  return { cluster, path: join(folder, 'config') };
}

function open(path: string): ClusterSession {
  const connection = readKubeconfig({ kubeconfigPath: path }).connect();
  const session = new ClusterSession(connection, {
    timings: { ...SHORT, pulseMs: 60, pulseTimeoutMs: 500 },
    kinds: ['namespaces'],
  });
  cleanups.push(() => session.close());
  session.start();
  return session;
}

const replaceToken = (text: string, token: string) => text.replace(/token: .*/, `token: ${token}`);

describe('a kubeconfig that is written anew', () => {
  it('brings a new token without a restart, also after one that is half written', async () => {
    const [first, second] = [
      { ...adminUser(), name: 'first' },
      { ...adminUser(), name: 'second' },
    ];
    const { cluster, path } = await start([first, second]);
    const text = cluster.server.kubeconfig('first');
    writeFileSync(path, text);
    const session = open(path);
    await session.whenSettled();
    cluster.server.revokeToken('first');
    await expect.poll(() => session.store.connection().problem, { timeout: 3_000 }).toBe('unauthorized');
    expect(session.store.state('namespaces').message).toMatch(/"first".*kubeconfig, which is read again by itself/);
    writeFileSync(path, replaceToken(text, second.token).slice(0, 300));
    await expect.poll(() => session.store.connection().problem).toBe('unauthorized');
    writeFileSync(path, replaceToken(text, second.token));
    await expect.poll(() => session.store.state('namespaces').status, { timeout: 3_000 }).toBe('live');
    addNamespace(cluster.store, 'after');
    await expect.poll(() => session.store.get('namespaces', '', 'after')?.name).toBe('after');
  });

  it('brings a new certificate authority', async () => {
    const { cluster, path } = await start();
    const text = cluster.server.kubeconfig('admin');
    const { certificatePem } = await createAuthority();
    const other = Buffer.from(certificatePem).toString('base64');
    writeFileSync(path, text.replace(/certificate-authority-data: .*/, `certificate-authority-data: ${other}`));
    const session = open(path);
    await session.whenSettled();
    expect(session.store.state('namespaces')).toMatchObject({ status: 'syncing', reason: 'untrusted' });
    writeFileSync(path, text);
    await expect.poll(() => session.store.state('namespaces').status, { timeout: 3_000 }).toBe('live');
  });

  it('that leads to another server ends the session, and the next one shows that server', async () => {
    const { cluster, path } = await start();
    const { cluster: other } = await start();
    addNamespace(cluster.store, 'here');
    addNamespace(other.store, 'there');
    writeFileSync(path, cluster.server.kubeconfig('admin'));
    configureCluster({ kubeconfigPath: path });
    const before = getSession();
    await before.whenSettled();
    expect(before.store.get('namespaces', '', 'here')?.name).toBe('here');
    writeFileSync(path, other.server.kubeconfig('admin'));
    await before.transport.requestJson({ path: '/version' }).catch(() => undefined);
    expect(before.signal.aborted).toBe(true);
    const after = getSession();
    await after.whenSettled();
    expect(after.store.list('namespaces').map(({ name }) => name)).toEqual(['there']);
  });
});
