import { writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { configureCluster, readEnvironment } from '@/lib/cluster/cluster-settings';
import { closeAllSessions, currentKubeconfig, getSession } from '@/lib/cluster/current-sessions';
import { addNamespace, startTestCluster, type TestCluster } from './start-test-cluster';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
  addNamespace(cluster.store, 'web');
});
afterEach(() => closeAllSessions());
afterAll(() => cluster.stop());

/** Two contexts on one cluster. */
function twoContexts(): string {
  const path = cluster.kubeconfigPath();
  const config = load(cluster.server.kubeconfig('admin')) as { contexts: { name: string; context: object }[] };
  const [first] = config.contexts;
  writeFileSync(path, stringify({ ...config, contexts: [first, { ...first, name: 'second' }] }));
  return path;
}

describe('getSession', () => {
  it('opens one live session per context, at the first call', async () => {
    configureCluster({ kubeconfigPath: twoContexts() });
    const session = getSession();
    expect(getSession()).toBe(session);
    expect(getSession(session.contextName)).toBe(session);
    expect(getSession('second')).not.toBe(session);
    await session.whenSettled();
    expect(session.store.get('namespaces', '', 'web')?.name).toBe('web');
    expect(currentKubeconfig().contexts.map(({ name }) => name)).toEqual(['sidelight-demo', 'second']);
  });

  it('is the same when the module is loaded twice, as a server build does', async () => {
    configureCluster({ kubeconfigPath: cluster.kubeconfigPath() });
    const session = getSession();
    vi.resetModules();
    const copy = await import('@/lib/cluster/current-sessions');
    expect(copy.getSession).not.toBe(getSession);
    expect(copy.getSession()).toBe(session);
  });

  it('says what is wrong when there is no such context', () => {
    configureCluster({ kubeconfigPath: cluster.kubeconfigPath() });
    expect(() => getSession('nowhere')).toThrowError(/No context "nowhere".*"sidelight-demo"/);
  });

  it('ends with everything closed', async () => {
    configureCluster({ kubeconfigPath: cluster.kubeconfigPath() });
    const session = getSession();
    await session.whenSettled();
    await closeAllSessions();
    expect(session.signal.aborted).toBe(true);
    expect(getSession()).not.toBe(session);
  });
});

describe('the environment', () => {
  it('stands in for settings that were not given', () => {
    expect(
      readEnvironment({
        SIDELIGHT_KUBECONFIG: '/a',
        KUBECONFIG: '/b',
        SIDELIGHT_CONTEXT: 'c',
        SIDELIGHT_READ_ONLY: '1',
        SIDELIGHT_NAMESPACES: 'x, y,',
      }),
    ).toEqual({ kubeconfigPath: '/a', context: 'c', readOnly: true, namespaces: ['x', 'y'] });
    expect(readEnvironment({ KUBECONFIG: '/b' })).toEqual({ kubeconfigPath: '/b' });
    expect(readEnvironment({})).toEqual({});
  });
});
