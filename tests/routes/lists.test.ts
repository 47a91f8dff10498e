import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namespacesAnswerSchema, workloadsAnswerSchema } from '@/lib/api/namespaces';
import { searchAnswerSchema } from '@/lib/api/search';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const namespaces = async (query: string) =>
  namespacesAnswerSchema.parse((await api.get(`/api/v1/namespaces${query}`)).body);
const names = async (query: string) => (await namespaces(query)).items.map(({ name }) => name);
const workloads = async (query: string) =>
  workloadsAnswerSchema.parse((await api.get(`/api/v1/namespaces/data-platform/workloads${query}`)).body);

/** What the cluster itself holds, sorted as the API sorts by name. */
const stored = () =>
  api.cluster.store
    .list('namespaces')
    .map(({ metadata }) => metadata.name)
    .sort();

describe('GET /namespaces', () => {
  it('lists every namespace of the cluster by name', async () => {
    const { items, list } = await namespaces('?limit=500');
    expect(items.map(({ name }) => name)).toEqual(stored());
    expect(list).toEqual({ total: stored().length, all: stored().length });
  });

  it('gives pages that together are the whole, each name once', async () => {
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const { items, list } = await namespaces(`?limit=7${token === undefined ? '' : `&continue=${token}`}`);
      expect(items.length).toBeLessThanOrEqual(7);
      seen.push(...items.map(({ name }) => name));
      token = list.continue;
    } while (token !== undefined);
    expect(seen).toEqual(stored());
  });

  it('gives an empty page past the end', async () => {
    expect((await namespaces('?continue=5000')).items).toEqual([]);
  });

  it('searches in names', async () => {
    const { items, list } = await namespaces('?search=GateWay');
    expect(items.map(({ name }) => name)).toEqual(['bookinfo-gateway-api']);
    expect(list).toEqual({ total: 1, all: stored().length });
  });

  it('searches in labels, also in those that rows do not show', async () => {
    expect(await names('?search=team%3Dshop')).toEqual(['shop']);
    expect(await names('?search=istio.io%2Frev%3Dprod')).toEqual(['orders']);
  });

  it('finds nothing without an error', async () => {
    const { items, list } = await namespaces('?search=no-such-thing');
    expect(items).toEqual([]);
    expect(list.total).toBe(0);
  });

  it.each(['sidecar', 'off', 'ambient'] as const)('filters by mode %s', async (mode) => {
    const { items } = await namespaces(`?limit=500&mode=${mode}`);
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map((row) => row.mode.kind))).toEqual(new Set([mode]));
  });

  it('filters by revision', async () => {
    const { items, revisions } = await namespaces('?limit=500&revision=1-10-2');
    expect(revisions).toContain('1-10-2');
    expect(items.map(({ name }) => name)).toContain('payments');
    expect(new Set(items.map((row) => row.mode.servedBy?.revision))).toEqual(new Set(['1-10-2']));
  });

  it('filters by problems', async () => {
    const { items, list } = await namespaces('?limit=500&problems=true');
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThan(list.all);
    expect(items.every(({ problems }) => problems.length > 0)).toBe(true);
  });

  it.each(['name', 'mode', 'pods', 'problems', 'workloads', 'age'])(
    'sorts by %s up and down, equal ones by name',
    async (sort) => {
      const up = await names(`?limit=500&sort=${sort}`);
      const down = await names(`?limit=500&sort=-${sort}`);
      expect([...up].sort()).toEqual(stored());
      expect([...down].sort()).toEqual(stored());
      expect(down[0]).not.toBe(up[0]);
    },
  );

  it('sorts by number of workloads', async () => {
    const { items } = await namespaces('?limit=500&sort=-workloads');
    const counts = items.map((row) => row.workloads);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('sorts by age, the youngest first', async () => {
    const { items } = await namespaces('?limit=500&sort=age');
    const ages = items.map((row) => row.createdAt);
    expect(ages).toEqual([...ages].sort().reverse());
  });

  it('keeps the namespaces that have a pod in a state', async () => {
    const all = await namespaces('?limit=500');
    const { items } = await namespaces('?limit=500&state=refused');
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ name }) => name)).toEqual(
      all.items.filter(({ counts }) => counts.refused > 0).map(({ name }) => name),
    );
  });

  it('sums over all namespaces, whatever the page shows', async () => {
    const all = await namespaces('?limit=500');
    const page = await namespaces('?limit=1&search=mission');
    expect(page.summary).toEqual(all.summary);
    expect(all.summary.pods).toBe(all.items.reduce((sum, row) => sum + row.counts.total, 0));
    expect(all.summary.namespaces).toBe(all.items.length);
    expect(all.summary.injecting).toBe(all.items.filter((row) => row.mode.kind === 'sidecar').length);
  });
});

describe('GET /namespaces/{namespace}/workloads', () => {
  it('pages, searches, filters and sorts', async () => {
    const all = await workloads('');
    expect(all.list).toEqual({ total: all.items.length, all: all.items.length });
    expect(all.items.length).toBeGreaterThan(2);
    const first = await workloads('?limit=2');
    const second = await workloads(`?limit=500&continue=${first.list.continue}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect((await workloads('?search=kafka')).items.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'StatefulSet/kafka',
    ]);
    expect(new Set((await workloads('?search=daemonset')).items.map(({ kind }) => kind))).toEqual(
      new Set(['DaemonSet']),
    );
    const [state] = all.items.map((row) => row.state);
    expect(new Set((await workloads(`?state=${state}`)).items.map((row) => row.state))).toEqual(new Set([state]));
    const byPods = (await workloads('?sort=-pods')).items.map(({ counts }) => counts.total);
    expect(byPods).toEqual([...byPods].sort((a, b) => b - a));
  });
});

describe('GET /search', () => {
  const search = async (query: string) => searchAnswerSchema.parse((await api.get(`/api/v1/search?${query}`)).body);

  it('puts the namespace of that very name first', async () => {
    const { items } = await search('q=mission');
    expect(items[0]).toMatchObject({ kind: 'Namespace', name: 'mission', href: '/namespaces/mission' });
  });

  it('looks in one namespace when asked as namespace/name', async () => {
    const { items } = await search('q=mission/nginx');
    expect(items.length).toBeGreaterThan(3);
    expect(new Set(items.map(({ namespace }) => namespace))).toEqual(new Set(['mission']));
  });

  it('gives no more than the limit', async () => {
    expect((await search('q=a&limit=3')).items).toHaveLength(3);
  });
});

describe('entity tags', () => {
  const PATHS = ['/namespaces', '/namespaces/mission', '/overview', '/control-planes', '/namespaces/mission/workloads'];

  it.each(PATHS)('%s answers 304 to its own tag, and whole to another', async (path) => {
    const first = await api.get(`/api/v1${path}`);
    const etag = first.headers.get('etag') ?? '';
    const again = await api.get(`/api/v1${path}`, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect(again.headers.get('etag')).toBe(etag);
    expect((await api.get(`/api/v1${path}`, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers 304 to a list of tags and to a weak one, as caches send them', async () => {
    const etag = (await api.get('/api/v1/namespaces')).headers.get('etag') ?? '';
    expect((await api.get('/api/v1/namespaces', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
  });

  it('answers whole again once the cluster changed', async () => {
    const path = '/api/v1/namespaces?search=docs-site';
    const etag = (await api.get(path)).headers.get('etag') ?? '';
    api.cluster.store.modify('namespaces', { name: 'docs-site' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio-injection': 'enabled' };
    });
    const mode = async () => (await namespaces('?search=docs-site')).items[0]?.mode.kind;
    await expect.poll(mode, { timeout: 3_000, interval: 20 }).toBe('sidecar');
    expect((await api.get(path, { 'if-none-match': etag })).status).toBe(200);
  });
});
