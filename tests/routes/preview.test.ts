import { load } from 'js-yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { container, cronJob, deployment, namespace } from '@/demo/scenarios/build-objects';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { injectAnswerSchema } from '@/lib/api/inject';
import { workloadsAnswerSchema } from '@/lib/api/namespaces';
import { type PreviewLine, type PreviewRow, podPreviewAnswerSchema, previewLineSchema } from '@/lib/api/preview';
import { podAsSent } from '@/tests/pod-as-sent';
import { errorOf, fetchRoute, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'mission' });
});
afterAll(() => api.stop());
const mends: (() => void)[] = [];
afterEach(() => {
  for (const mend of mends.splice(0)) mend();
});

const TIMED = { timeout: 10_000, interval: 50 };
const CONFIG_MAP = { namespace: 'istio-system', name: 'istio-sidecar-injector-1-10-2' };
const VIEWER = { 'x-sidelight-cluster': 'demo-viewer' };
const APP = container({ name: 'app', image: 'app:1', ports: [80] });
const ENABLE = 'action=enable&revision=1-10-2';

const pathOf = (name: string, query = ENABLE) => `/api/v1/namespaces/${name}/injection/preview?${query}`;

/** Lines as they come, each with the time since the question. */
async function* ask(path: string, init: RequestInit = {}): AsyncGenerator<{ line: PreviewLine; ms: number }> {
  const started = performance.now();
  const response = await fetchRoute(path, init);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      const texts = `${rest}${value}`.split('\n');
      rest = texts.pop() ?? '';
      for (const text of texts) {
        const parsed: unknown = JSON.parse(text);
        const line = previewLineSchema.parse(parsed);
        // Parsing drops what the schema does not name.
        expect(line).toEqual(parsed);
        yield { line, ms: performance.now() - started };
      }
    }
  } finally {
    await reader?.cancel();
  }
  expect(rest).toBe('');
}

async function linesOf(path: string, headers: Record<string, string> = {}): Promise<PreviewLine[]> {
  const lines: PreviewLine[] = [];
  for await (const { line } of ask(path, { headers })) lines.push(line);
  return lines;
}

const rowsOf = (lines: readonly PreviewLine[]): PreviewRow[] =>
  lines.flatMap((line) => (line.type === 'row' ? [line.row] : []));

async function single(path: string, headers: Record<string, string> = {}) {
  const { status, body } = await api.get(path, headers);
  expect(status, JSON.stringify(body)).toBe(200);
  return podPreviewAnswerSchema.parse(body);
}

/** A namespace that the snapshot knows with all of its workloads. */
async function seed(name: string, objects: Parameters<typeof api.cluster.store.create>[1][], labels = {}) {
  const kinds: Record<string, string> = { Deployment: 'deployments.apps', CronJob: 'cronjobs.batch', Pod: 'pods' };
  api.cluster.store.create('namespaces', namespace(name, labels));
  for (const object of objects) api.cluster.store.create(kinds[object.kind ?? ''] ?? '', object);
  const isThere = async () => {
    const { status, body } = await api.get(`/api/v1/namespaces/${name}/workloads`);
    return status === 200 && workloadsAnswerSchema.parse(body).list.all === objects.length;
  };
  await vi.waitUntil(isThere, TIMED);
}

/** Gives the injector another configuration until the test is over. */
function configure(template: string): void {
  const { store } = api.cluster;
  const before = store.get('configmaps', CONFIG_MAP)?.data;
  const config = JSON.stringify({ policy: 'enabled', defaultTemplates: ['sidecar'], templates: { sidecar: template } });
  const write = (data: unknown) =>
    store.modify('configmaps', CONFIG_MAP, (draft) => {
      draft.data = data;
    });
  write({ ...(typeof before === 'object' ? before : {}), config });
  mends.push(() => write(before));
}

/** Changes what the viewer may do with one group's kinds until the test is over. */
function editViewer(edit: (rule: string) => string, group: string): void {
  const role = ['clusterroles.rbac.authorization.k8s.io', { name: 'sidelight-viewer' }] as const;
  const before = api.cluster.store.get(...role)?.rules;
  const write = (rules: unknown) =>
    api.cluster.store.modify(...role, (draft) => {
      draft.rules = rules;
    });
  const rules = (Array.isArray(before) ? before : []).map((rule) =>
    Object(rule).apiGroups.includes(group) ? JSON.parse(edit(JSON.stringify(rule))) : rule,
  );
  expect(rules).not.toEqual(before);
  write(rules);
  mends.push(() => write(before));
}

async function enable(name: string): Promise<void> {
  const { metadata } = api.cluster.store.get('namespaces', { name }) ?? {};
  const body = { action: 'enable', revision: '1-10-2', resourceVersion: metadata?.resourceVersion ?? '' };
  expect((await api.post(`/api/v1/namespaces/${name}/injection`, body)).status).toBe(200);
}

async function restart(name: string, workload: string): Promise<void> {
  const answer = await api.post(`/api/v1/namespaces/${name}/workloads/Deployment/${workload}/restart`, {});
  expect(answer.status).toBe(200);
}

/** A template whose work doubles with every level. */
function doubling(levels: number): string {
  const define = (level: number) =>
    `{{ define "l${level}" }}${level === 0 ? '' : `{{ template "l${level - 1}" }}`.repeat(2)}{{ end }}`;
  const all = Array.from({ length: levels + 1 }, (_, level) => define(level)).join('');
  return `${all}{{ template "l${levels}" }}spec:\n  containers: [{name: istio-proxy, image: proxy:1}]\n`;
}

describe('GET …/injection/preview', () => {
  it('renders every workload, with what its sidecars request', async () => {
    const [start, row, end] = await linesOf(pathOf('mission'));
    expect(start).toMatchObject({
      type: 'start',
      namespace: 'mission',
      total: 1,
      injectors: [{ revision: '1-10-2', configMaps: [CONFIG_MAP, { name: 'istio-1-10-2' }] }],
    });
    expect(row).toMatchObject({
      type: 'row',
      row: {
        kind: 'Deployment',
        name: 'nginx-deployment',
        becomes: 'gains',
        rendering: 'rendered',
        restart: 'rollout',
        servedBy: { revision: '1-10-2' },
        containers: [
          { name: 'istio-init', role: 'init' },
          { name: 'istio-proxy', role: 'sidecar', requests: { cpu: '100m', memory: '128Mi' } },
        ],
        requests: {
          perPod: { cpu: '100m', memory: '128Mi' },
          replicas: 3,
          total: { cpu: '300m', memory: '384Mi' },
          adds: { cpu: '300m', memory: '384Mi' },
        },
        refusals: [],
      },
    });
    expect(end).toMatchObject({
      type: 'end',
      totals: { rows: 1, becomes: { gains: 1 }, adds: { cpu: '300m' }, notRendered: 0 },
    });
  });

  it('says what the next restart does where no action is given', async () => {
    const rows = rowsOf(await linesOf(pathOf('mission', '')));
    expect(rows).toMatchObject([{ becomes: 'stays-without', rendering: 'not-needed', containers: [] }]);
    expect(rows[0]).not.toHaveProperty('requests');
  });

  it('takes a refusal from the engine, in the words of the injector, and goes on', async () => {
    const bad = { 'sidecar.istio.io/interceptionMode': 'SIDEWAYS' };
    await seed('refusing', [
      deployment({ name: 'bad', namespace: 'refusing', replicas: 0, containers: [APP], podAnnotations: bad }),
      deployment({ name: 'good', namespace: 'refusing', replicas: 0, containers: [APP] }),
    ]);
    const lines = await linesOf(pathOf('refusing'));
    expect(rowsOf(lines)).toMatchObject([
      {
        name: 'bad',
        becomes: 'refused',
        because: { code: 'engine.refusal.annotation-invalid' },
        refusals: [{ by: 'injector', text: expect.stringContaining('sidecar.istio.io/interceptionMode') }],
      },
      { name: 'good', becomes: 'gains', refusals: [] },
    ]);
    expect(lines.at(-1)).toMatchObject({ type: 'end', totals: { becomes: { refused: 1, gains: 1 } } });
  });

  it('judges the rendered pod by the namespace’s Pod Security level', async () => {
    const level = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    await seed('secured', [deployment({ name: 'web', namespace: 'secured', replicas: 1, containers: [APP] })], level);
    const [row] = rowsOf(await linesOf(pathOf('secured')));
    expect(row).toMatchObject({
      becomes: 'refused',
      rendering: 'rendered',
      containers: [{ name: 'istio-init' }, { name: 'istio-proxy' }],
      refusals: [
        { by: 'pod-security', because: { code: 'preview.refused-pod-security', values: { level: 'baseline' } } },
      ],
    });
    expect(row).not.toHaveProperty('requests');
    await enable('secured');
    await restart('secured', 'web');
    const said = () =>
      api.cluster.store
        .list('replicasets.apps')
        .filter(({ metadata }) => metadata.namespace === 'secured')
        .flatMap((set) => recordsAt(set, 'status', 'conditions').map((condition) => stringAt(condition, 'message')))
        .join();
    await expect.poll(said, TIMED).toContain(row?.refusals[0]?.text ?? 'nothing');
  });

  it('counts a run of a CronJob by its parallelism', async () => {
    const job = cronJob({ name: 'tick', namespace: 'jobs', containers: [APP], schedule: '0 0 1 1 *' });
    const { spec } = job;
    const template = { ...Object(Object(spec).jobTemplate) };
    await seed('jobs', [
      { ...job, spec: { ...spec, jobTemplate: { ...template, spec: { ...template.spec, parallelism: 4 } } } },
    ]);
    expect(rowsOf(await linesOf(pathOf('jobs')))).toMatchObject([
      { kind: 'CronJob', becomes: 'gains', restart: 'next-run', requests: { replicas: 4, total: { cpu: '400m' } } },
    ]);
  });

  it('says what is missing where a ConfigMap may not be read, and foretells the rest', async () => {
    editViewer((rules) => rules.replace('"configmaps",', ''), '');
    const lines = await linesOf(pathOf('mission'), VIEWER);
    const problem = { code: 'preview.injector-unusable', values: { detail: expect.stringContaining('configmaps') } };
    expect(lines[0]).toMatchObject({ injectors: [{ revision: '1-10-2', problem }] });
    expect(rowsOf(lines)).toMatchObject([{ becomes: 'gains', rendering: 'not-possible', problem, containers: [] }]);
    expect(lines.at(-1)).toMatchObject({ type: 'end', totals: { notRendered: 1, requests: { cpu: '0' } } });
  });

  it.each<[path: string, status: number]>([
    [pathOf('nowhere'), 404],
    [pathOf('mission', 'action=maybe'), 400],
    [pathOf('mission', 'action=enable&revision=!'), 400],
  ])('answers %s with %i', async (path, status) => {
    const answer = await api.get(path);
    expect(answer.status).toBe(status);
    expect(errorOf(answer).message).not.toBe('');
  });
});

describe('a namespace with 500 workloads', { timeout: 90_000 }, () => {
  beforeAll(() => {
    const name = (index: number) => `w-${String(index).padStart(3, '0')}`;
    const all = Array.from({ length: 500 }, (_, index) =>
      deployment({ name: name(index), namespace: 'crowded', replicas: 0, containers: [APP] }),
    );
    return seed('crowded', all);
  });

  it('streams its rows in the order of the plan, the first long before the last', async () => {
    const names: string[] = [];
    let first = 0;
    let last = 0;
    for await (const { line, ms } of ask(pathOf('crowded'))) {
      if (line.type === 'row') names.push(line.row.name);
      if (line.type === 'row' && first === 0) first = ms;
      last = ms;
    }
    expect(names).toHaveLength(500);
    expect(names).toEqual([...names].sort());
    expect(first).toBeLessThan(last / 2);
  });

  it('reads them by lists, not one by one', async () => {
    editViewer((rules) => rules.replaceAll('"get","list"', '"list"'), 'apps');
    const lines = await linesOf(pathOf('crowded'), VIEWER);
    expect(lines.at(-1)).toMatchObject({ type: 'end', totals: { becomes: { gains: 500 }, notRendered: 0 } });
  });

  it('frees the thread when its reader goes away', async () => {
    configure(doubling(16));
    const seen: string[] = [];
    for await (const { line } of ask(pathOf('crowded'))) {
      seen.push(line.type);
      if (line.type === 'row') break;
    }
    expect(seen).toEqual(['start', 'row']);
    const started = performance.now();
    const manifests = JSON.stringify({ kind: 'Service', metadata: { name: 'a' } });
    const injector = { kind: 'upload', configMap: 'policy: enabled\ntemplates: {}\n', values: '{}' };
    const { status, body } = await api.post('/api/v1/inject', {
      manifests,
      injector,
      engine: 'webhook',
      namespace: 'default',
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(injectAnswerSchema.parse(body).objects).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('ends with a failure that names the template which does not end', async () => {
    configure(doubling(40));
    const lines = await linesOf(pathOf('crowded'));
    expect(lines.at(-1)).toMatchObject({
      type: 'failure',
      error: { code: 'timeout', message: expect.stringContaining('Template "sidecar" of revision "1-10-2"') },
    });
    expect(rowsOf(lines)).toEqual([]);
  });
});

describe('GET …/workloads/{kind}/{name}/preview', () => {
  const PATH = '/api/v1/namespaces/mission/workloads/Deployment/nginx-deployment/preview';

  it('assumes the namespace switched on where nobody injects, and says so', async () => {
    const answer = await single(PATH);
    expect(answer).toMatchObject({
      outcome: 'injected',
      assumption: { kind: 'if-switched-on', action: 'enable', phrase: { code: 'preview.if-switched-on' } },
      row: { becomes: 'gains', requests: { replicas: 3 } },
      templates: ['sidecar'],
      injector: { revision: '1-10-2' },
      comparison: { isInjected: true, owner: { kind: 'Deployment', name: 'nginx-deployment' } },
    });
    expect(answer.yaml?.before).not.toContain('istio-proxy');
    expect(answer.yaml?.after).toContain('istio-proxy');
    expect(answer.parts).toContainEqual({
      path: expect.stringContaining('spec.containers[istio-proxy]'),
      change: 'added',
      origin: { code: 'engine.origin.template', values: { template: 'sidecar' } },
      annotations: expect.any(Array),
      values: expect.any(Array),
      lines: { first: expect.any(Number), last: expect.any(Number) },
    });
    const cpu = answer.parts.find(({ path }) => path.endsWith('[istio-proxy].resources.requests[cpu]'));
    expect(cpu?.values).toContain('global.proxy.resources.requests.cpu');
    expect(answer.comparison?.yaml.asRuns.split('\n')[(cpu?.lines?.first ?? 0) - 1]).toMatch(/^\s*cpu: /);
  });

  it('takes the action that it is given', async () => {
    expect(await single(`${PATH}?action=unset`)).toMatchObject({
      outcome: 'skipped',
      assumption: { kind: 'asked', phrase: { code: 'preview.asked-none' } },
      row: { becomes: 'stays-without' },
      parts: [],
    });
  });

  it('is 504 for a template that does not end, and 404 for what is not there', async () => {
    configure(doubling(40));
    expect(errorOf(await api.get(PATH))).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('sidecar'),
    });
    expect((await api.get(PATH.replace('nginx-deployment', 'nothing'))).status).toBe(404);
  });

  it('is told of a pod as well', async () => {
    const pod = api.cluster.store.list('pods').find(({ metadata }) => metadata.namespace === 'mission');
    const answer = await single(`/api/v1/namespaces/mission/pods/${pod?.metadata.name ?? ''}/preview`);
    expect(answer.row).toMatchObject({ kind: 'Deployment', name: 'nginx-deployment', becomes: 'gains' });
  });
});

describe('the pods that arrive', () => {
  it('are those of the preview, apart from what the API server adds', async () => {
    const preview = await single('/api/v1/namespaces/mission/workloads/Deployment/nginx-deployment/preview');
    await enable('mission');
    await restart('mission', 'nginx-deployment');
    const arrived = () =>
      api.cluster.store
        .list('pods')
        .filter(
          ({ metadata, spec }) => metadata.namespace === 'mission' && JSON.stringify(spec).includes('istio-proxy'),
        );
    await expect.poll(() => arrived().length, TIMED).toBe(3);
    for (const pod of arrived()) expect(podAsSent(pod)).toEqual(podAsSent(Object(load(preview.yaml?.after ?? ''))));
  });
});
