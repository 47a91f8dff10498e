import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsAt, stringAt, valueAt } from '@/demo/server/json-access';
import { buildOpenApi } from '@/lib/api/build-openapi';
import { ENDPOINTS, type Endpoint } from '@/lib/api/endpoints.data';
import { workloadsAnswerSchema } from '@/lib/api/namespaces';
import { isTemplateKind } from '@/lib/core/injection/workload-switch/template-kinds';
import { version } from '@/package.json';
import { ROUTES } from './find-route';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** Queries that an endpoint cannot do without. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/namespaces/{namespace}/pods/{pod}/capture/difference': ['?with=defaults'],
  '/namespaces/{namespace}/injection': [
    '?action=enable',
    '?action=enable&revision=1-10-2',
    '?action=disable',
    '?action=unset',
  ],
  '/namespaces/{namespace}/workloads/{kind}/{name}/injection': ['?action=enable', '?action=disable', '?action=unset'],
  '/namespaces/{namespace}/workloads/{kind}/{name}/injection/preview': ['?action=enable'],
};

const namespaces = () => api.cluster.store.list('namespaces').map(({ metadata }) => metadata.name);
const pods = () =>
  api.cluster.store.list('pods').map(({ metadata }) => ({ namespace: metadata.namespace ?? '', pod: metadata.name }));

/** Containers that have run, and so have a log. */
const logs = () =>
  api.cluster.store.list('pods').flatMap((pod) =>
    recordsAt(pod, 'status', 'containerStatuses')
      .filter((status) => valueAt(status, 'state', 'waiting') === undefined)
      .map((status) => ({
        namespace: pod.metadata.namespace ?? '',
        pod: pod.metadata.name,
        container: stringAt(status, 'name') ?? '',
      })),
  );

async function workloads() {
  const answers = await Promise.all(
    namespaces().map((namespace) => api.get(`/api/v1/namespaces/${namespace}/workloads?limit=500`)),
  );
  return answers.flatMap(({ body }) => workloadsAnswerSchema.parse(body).items);
}

/** Every URL of an endpoint that the scenario has a subject for. */
async function urlsOf({ path }: Endpoint): Promise<string[]> {
  const base = `/api/v1${path}`;
  if (path.endsWith('/logs')) {
    return logs().map(({ namespace, pod, container }) =>
      `${base}?container=${container}`.replace('{namespace}', namespace).replace('{pod}', pod),
    );
  }
  if (path.includes('{pod}')) {
    return pods().flatMap(({ namespace, pod }) =>
      (QUERIES[path] ?? ['']).map((query) => `${base}${query}`.replace('{namespace}', namespace).replace('{pod}', pod)),
    );
  }
  if (path.includes('{kind}')) {
    // Jobs and bare pods have no template that could be switched.
    const subjects = (await workloads()).filter(
      ({ kind }) => !path.includes('{name}/injection') || isTemplateKind(kind),
    );
    return subjects.flatMap(({ namespace, kind, name }) =>
      (QUERIES[path] ?? ['']).map((query) =>
        `${base}${query}`.replace('{namespace}', namespace).replace('{kind}', kind).replace('{name}', name),
      ),
    );
  }
  if (!path.includes('{namespace}')) return [base];
  return namespaces().flatMap((name) =>
    (QUERIES[path] ?? ['']).map((query) => `${base}${query}`.replace('{namespace}', name)),
  );
}

function isStored(url: string): boolean {
  const [, namespace = '', pod = ''] = /\/namespaces\/([^/]+)\/pods\/([^/]+)/.exec(url) ?? [];
  return api.cluster.store.get('pods', { namespace, name: pod }) !== undefined;
}

const READS = ENDPOINTS.filter(({ method, answer }) => method === 'get' && answer !== undefined);

describe('every read answers as its schema says, for every object of the scenario', () => {
  it.each(READS.map((endpoint) => [endpoint.path, endpoint] as const))(
    '%s',
    async (_path, endpoint) => {
      const urls = await urlsOf(endpoint);
      expect(urls.length).toBeGreaterThan(0);
      for (const url of urls) {
        const { status, body, headers } = await api.get(url);
        // The scenario lives: a CronJob removes its old pods meanwhile.
        if (status === 404 && !isStored(url)) continue;
        expect(status, `${url}: ${JSON.stringify(body)}`).toBe(200);
        // Parsing drops what the schema does not name, so an answer with more in it would differ.
        expect(endpoint.answer?.parse(body), url).toEqual(body);
        expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
        expect(headers.get('cache-control')).toBe('private, no-cache');
        expect(headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
      }
    },
    60_000,
  );
});

describe('the list of endpoints', () => {
  it('names every route below /api/v1, and nothing else', () => {
    const served = ROUTES.filter((route) => route.startsWith('api/v1/') && route !== 'api/v1/openapi.json')
      .map((route) => route.slice('api/v1'.length).replaceAll('[', '{').replaceAll(']', '}'))
      .sort();
    expect([...new Set(ENDPOINTS.map(({ path }) => path))].sort()).toEqual(served);
  });

  it('is what /api/v1/openapi.json tells', async () => {
    const { status, body } = await api.get('/api/v1/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(buildOpenApi(version))));
  });
});
