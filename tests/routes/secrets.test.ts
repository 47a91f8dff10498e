import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podDiffAnswerSchema } from '@/lib/api/pod-diff';
import { configureCluster } from '@/lib/cluster/cluster-settings';
import { closeAllSessions, getSession } from '@/lib/cluster/current-sessions';
import { KIND_IDS, WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import { addNamespace, startTestCluster, type TestCluster } from '@/tests/cluster/start-test-cluster';
import { ROUTES } from './find-route';
import { fetchRoute } from './start-api';

const SECRET = 'hunter2-6f1d';
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
  addNamespace(cluster.store, 'web');
  cluster.store.create('secrets', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'database', namespace: 'web' },
    data: { password: Buffer.from(SECRET).toString('base64') },
    stringData: { url: `postgres://app:${SECRET}@db` },
  });
  const env = [
    { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
    { name: 'MODE', value: 'fast' },
  ];
  const envFrom = [{ secretRef: { name: 'database' } }];
  const containers = [{ name: 'app', image: 'app:1', env, envFrom }];
  const volumes = [{ name: 'keys', secret: { secretName: 'database' } }];
  cluster.store.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'app', namespace: 'web' },
    spec: { containers, volumes },
  });
  configureCluster({ kubeconfigPath: cluster.kubeconfigPath() });
  await getSession().whenSettled();
});
afterAll(async () => {
  await closeAllSessions();
  await cluster.stop();
});

const QUERIES: Readonly<Record<string, string>> = {
  injection: '?action=enable',
  logs: '?container=app',
  'capture/difference': '?with=defaults',
};

/** Every read of the API that can concern this pod. */
const PATHS = ROUTES.filter(
  (route) => route.startsWith('api/v1/') && !/restart|events|trace|\[kind\]|v1\/inject$/.test(route),
).map((route) => {
  const query = Object.entries(QUERIES).find(([end]) => route.endsWith(end))?.[1] ?? '';
  return `/${route.replace('[namespace]', 'web').replace('[pod]', 'app')}${query}`;
});

describe('Secrets', () => {
  it('are none of the kinds that are watched', () => {
    expect(KIND_IDS.map((id) => WATCHED_KINDS[id].plural)).not.toContain('secrets');
    expect(KIND_IDS.map((id) => WATCHED_KINDS[id].kind)).not.toContain('Secret');
  });

  it('are never asked for and never in an answer, whatever is read', async () => {
    expect(PATHS).toContain('/api/v1/namespaces/web/pods/app/diff');
    for (const path of PATHS) {
      const text = await (await fetchRoute(path)).text();
      expect(text, path).not.toContain(SECRET);
      expect(text, path).not.toContain(Buffer.from(SECRET).toString('base64'));
    }
    expect(cluster.requests.length).toBeGreaterThan(20);
    expect(cluster.requests.filter(({ path }) => path.includes('secrets'))).toEqual([]);
  });

  it('are shown as the reference that the pod holds', async () => {
    const answer = await fetchRoute('/api/v1/namespaces/web/pods/app/diff');
    const { yaml } = podDiffAnswerSchema.parse(await answer.json());
    expect(yaml.asRuns).toMatch(/name: DB_PASSWORD\s+valueFrom:\s+secretKeyRef:\s+(name|key): /);
    expect(yaml.asRuns).toContain('secretRef:');
    expect(yaml.asRuns).toContain('value: fast');
  });

  it.each(['/namespaces/web/workloads/Secret/database', '/namespaces/web/pods/database'])(
    'cannot be reached as %s',
    async (path) => {
      expect((await fetchRoute(`/api/v1${path}`)).status).toBe(404);
    },
  );
});
