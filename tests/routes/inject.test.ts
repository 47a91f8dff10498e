import { dump } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InjectRequest, injectAnswerSchema, injectorsAnswerSchema } from '@/lib/api/inject';
import { parseKubeYaml } from '@/lib/core/injection/engine/kube-yaml';
import { errorOf, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'mission' });
});
afterAll(() => api.stop());

const PATH = '/api/v1/inject';
const REVISION = '1-10-2';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: probe
spec:
  selector:
    matchLabels: { app: probe }
  template:
    metadata:
      labels: { app: probe }
    spec:
      containers:
        - name: app
          image: probe:1
          ports:
            - containerPort: 8080
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata:   {name: probe}   # kept as it is
spec:
  ports: [{port: 80}]
`;
const podOf = (name: string, rest = '') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
${rest}spec:
  containers:
    - name: app
      image: probe:1
`;

const requestOf = (over: Partial<InjectRequest> = {}): InjectRequest => ({
  manifests: DEPLOYMENT,
  injector: { kind: 'revision', revision: REVISION },
  engine: 'webhook',
  namespace: 'default',
  ...over,
});

async function render(over: Partial<InjectRequest> = {}) {
  const { status, body } = await api.post(PATH, requestOf(over));
  expect(status, JSON.stringify(body)).toBe(200);
  return injectAnswerSchema.parse(body);
}

/** An injector of one template, as a person would upload it. */
function upload(template: string, config: Record<string, unknown> = {}): InjectRequest['injector'] {
  const text = dump({ policy: 'enabled', defaultTemplates: ['sidecar'], templates: { sidecar: template }, ...config });
  const values = JSON.stringify({ global: { tag: '1.30.0' } });
  return {
    kind: 'upload',
    configMap: dump({ apiVersion: 'v1', kind: 'ConfigMap', data: { config: text, values } }),
  };
}
const PLAIN = 'spec:\n  containers:\n    - name: istio-proxy\n      image: proxy:1\n';

const configMap = { namespace: 'istio-system', name: `istio-sidecar-injector-${REVISION}` };
function breakConfig(config: string): () => void {
  const before = api.cluster.store.get('configmaps', configMap)?.data;
  api.cluster.store.modify('configmaps', configMap, (draft) => {
    draft.data = { ...(typeof before === 'object' ? before : {}), config };
  });
  return () => {
    api.cluster.store.modify('configmaps', configMap, (draft) => {
      draft.data = before;
    });
  };
}

describe('GET /injectors', () => {
  it('offers every revision with what it renders', async () => {
    const { status, body } = await api.get('/api/v1/injectors');
    expect(status).toBe(200);
    expect(injectorsAnswerSchema.parse(body).items).toEqual([
      expect.objectContaining({
        revision: REVISION,
        namespace: 'istio-system',
        state: 'usable',
        nativeSidecars: false,
      }),
    ]);
  });

  it('says why one cannot be used', async () => {
    const mend = breakConfig('templates: {sidecar: "{{ .Broken"}');
    await api.reconfigure({});
    const { items } = injectorsAnswerSchema.parse((await api.get('/api/v1/injectors')).body);
    expect(items[0]).toMatchObject({ state: 'unusable', problem: { code: 'invalid' } });
    expect(items[0]?.problem?.message).toContain('unclosed action');
    mend();
  });
});

describe('POST /inject', () => {
  it('renders workloads as the webhook would, and lets the rest through byte for byte', async () => {
    const { objects, output } = await render({ manifests: `${DEPLOYMENT}---\n${SERVICE}` });
    expect(objects).toMatchObject([
      { number: 1, line: 1, objectKind: 'Deployment', name: 'probe', outcome: 'injected', templates: ['sidecar'] },
      { number: 2, line: 18, objectKind: 'Service', name: 'probe', outcome: 'passed' },
    ]);
    expect(output).toContain(`---\n${SERVICE}---\n`);
    const injected = parseKubeYaml(output.split('---\n')[0] ?? '');
    expect(injected).toMatchObject({
      ok: true,
      value: {
        kind: 'Deployment',
        spec: {
          selector: { matchLabels: { app: 'probe' } },
          template: {
            spec: { containers: expect.arrayContaining([expect.objectContaining({ name: 'istio-proxy' })]) },
          },
        },
      },
    });
  });

  it('compares the pod before and after', async () => {
    const { objects } = await render();
    const comparison = objects[0]?.comparison;
    expect(comparison).toMatchObject({ isInjected: true, owner: { kind: 'Deployment', name: 'probe' } });
    expect(comparison?.yaml.asWritten).not.toContain('istio-proxy');
    expect(comparison?.yaml.asRuns).toContain('istio-proxy');
    expect(comparison?.yaml.asRuns).not.toContain('pod-template-hash');
    expect(comparison?.changes.some(({ kind, path }) => kind === 'added' && path.includes('istio-proxy'))).toBe(true);
  });

  it('names of every part the stage that made it, what that read, and its lines', async () => {
    const [object] = (await render()).objects;
    const parts = new Map((object?.parts ?? []).map((part) => [part.path, part]));
    expect(parts.size).toBeGreaterThan(40);
    expect(parts.get('metadata.annotations[sidecar.istio.io/status]')?.origin.code).toBe('engine.step.status');
    const image = parts.get('spec.containers[istio-proxy].image');
    expect(image).toMatchObject({ change: 'added', origin: { code: 'engine.origin.template' } });
    expect(image?.values).toContain('global.tag');
    const lines = object?.comparison?.yaml.asRuns.split('\n') ?? [];
    const { first, last } = image?.lines ?? { first: 0, last: 0 };
    expect(lines.slice(first - 1, last)).toEqual([expect.stringMatching(/^ {6}image: .*proxyv2/)]);
  });

  it('looks up what was read for the first pods of a file only', async () => {
    const pods = Array.from({ length: 12 }, (_, index) => podOf(`pod-${index}`, '')).join('---\n');
    const traced = (await render({ manifests: pods })).objects.map(({ parts = [] }) =>
      parts.some(({ values }) => values.length > 0),
    );
    expect(traced).toEqual([...Array(10).fill(true), false, false]);
  });

  it('leaves alone what declines, and says by which rule', async () => {
    const manifests = podOf('alone', '  labels:\n    sidecar.istio.io/inject: "false"\n');
    expect((await render({ manifests })).objects).toMatchObject([
      { outcome: 'skipped', because: { code: 'injection.decision.label-no', values: { value: 'false' } } },
    ]);
  });

  it('refuses with code, values, the real text and the place, and renders the rest', async () => {
    const bad = podOf('bad', '  annotations:\n    status.sidecar.istio.io/port: nope\n');
    const { objects, output } = await render({ manifests: `${podOf('good')}---\n${bad}` });
    expect(objects.map(({ outcome }) => outcome)).toEqual(['injected', 'refused']);
    expect(objects[1]?.reasons).toMatchObject([
      {
        code: 'annotation-invalid',
        values: { annotation: 'status.sidecar.istio.io/port', value: 'nope' },
        text: expect.stringContaining('status.sidecar.istio.io/port'),
        line: 15,
        column: 5,
      },
    ]);
    expect(output).toContain('name: good');
    expect(output).not.toContain('name: bad');
  });

  it.each<[name: string, manifests: string, line: number, column: number | undefined]>([
    ['a quote that stays open', `${podOf('one')}---\nkind: Pod\nmetadata:\n  name: "x\nspec: {}\n`, 14, 1],
    ['a tab as indentation', 'kind: Pod\nmetadata:\n\tname: x\n', 3, 1],
    ['a field of another type', `${podOf('one')}      ports:\n        - containerPort: eighty\n`, 10, 11],
    ['no separator', '---x\n', 1, undefined],
  ])('names line and column of %s', async (_name, manifests, line, column) => {
    const { objects } = await render({ manifests });
    const reason = objects.flatMap(({ reasons }) => reasons)[0];
    expect(reason).toMatchObject({ line, ...(column === undefined ? {} : { column }) });
  });

  it('renders as kube-inject does, with what that says on its error stream', async () => {
    const manifests = `${podOf('alone', '  annotations:\n    sidecar.istio.io/inject: "false"\n')}---\n${DEPLOYMENT}`;
    const { objects, notices } = await render({ manifests, engine: 'kube-inject' });
    expect(objects.map(({ outcome }) => outcome)).toEqual(['skipped', 'injected']);
    expect(notices.join('\n')).toContain('Skipping injection because');
  });

  it('takes an injector of the person’s own', async () => {
    const { objects, injector } = await render({ injector: upload(PLAIN) });
    expect(injector).toMatchObject({ release: '1.30' });
    expect(objects[0]?.comparison?.yaml.asRuns).toContain('proxy:1');
  });

  it('decides about native sidecars as told', async () => {
    const template = '{{ if .NativeSidecars }}metadata: {labels: {native: "yes"}}{{ end }}';
    const answers = await Promise.all(
      [true, false].map((nativeSidecars) => render({ injector: upload(template), nativeSidecars })),
    );
    expect(answers.map(({ output }) => output.includes('native: "yes"'))).toEqual([true, false]);
  });

  it.each<[name: string, over: Record<string, unknown>, message: string]>([
    ['no manifests', { manifests: ' \n' }, 'manifests'],
    ['a namespace that cannot be one', { namespace: 'Not A Name' }, 'namespace'],
    ['an unknown engine', { engine: 'magic' }, 'engine'],
    ['an unknown field', { patch: 'x' }, 'patch'],
  ])('answers 400 to %s', async (_name, over, message) => {
    const answer = await api.post(PATH, { ...requestOf(), ...over });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain(message);
  });

  it('answers 404 to a revision that is not there', async () => {
    const answer = await api.post(PATH, requestOf({ injector: { kind: 'revision', revision: 'gone' } }));
    expect(answer.status).toBe(404);
  });

  it.each<[name: string, injector: InjectRequest['injector'], message: string]>([
    ['a template that does not parse', upload('spec: {{ .Broken'), 'unclosed action'],
    ['an unknown function, with its place', upload('a: b\nc: {{ magic }}'), 'inject:2: function "magic" not defined'],
    ['no ConfigMap', { kind: 'upload', configMap: 'kind: ConfigMap\ndata: {}\n' }, 'config'],
    ['a config without values', { kind: 'upload', configMap: 'policy: enabled\n' }, 'values'],
  ])('answers 422 to %s', async (_name, injector, message) => {
    const answer = await api.post(PATH, requestOf({ injector }));
    expect(answer.status).toBe(422);
    expect(errorOf(answer)).toMatchObject({ code: 'invalid', details: { part: 'injector' } });
    expect(errorOf(answer).message).toContain(message);
  });

  it('keeps the last good configuration in force, and says so', async () => {
    await render();
    const mend = breakConfig('templates: {sidecar: "{{ .Broken"}');
    const { objects, injector } = await render();
    expect(objects[0]?.outcome).toBe('injected');
    expect(injector.problem).toContain('unclosed action');
    const { items } = injectorsAnswerSchema.parse((await api.get('/api/v1/injectors')).body);
    expect(items[0]).toMatchObject({ revision: REVISION, state: 'previous', problem: { code: 'invalid' } });
    mend();
    expect((await render()).injector.problem).toBeUndefined();
  });

  it('is allowed read-only, for it writes nothing', async () => {
    await api.reconfigure({ readOnly: true });
    const before = api.cluster.store.list('pods').length;
    expect((await render()).objects[0]?.outcome).toBe('injected');
    expect(api.cluster.store.list('pods')).toHaveLength(before);
    await api.reconfigure({});
  });
});

describe('what would stall or fill a server', { timeout: 30_000 }, () => {
  const MIB = 1024 * 1024;
  const LIMIT_MS = 5_000;

  it('answers 413 to 11 MiB', async () => {
    const answer = await api.post(PATH, requestOf({ manifests: 'a'.repeat(11 * MIB) }));
    expect(answer.status).toBe(413);
    expect(errorOf(answer)).toMatchObject({ code: 'too-large', message: expect.stringContaining('10 MiB') });
  });

  it('stops reading a body that is larger than any input may be', async () => {
    const answer = await api.post(PATH, requestOf({ manifests: 'a'.repeat(21 * MIB) }));
    expect(answer.status).toBe(413);
  });

  it.each<[name: string, template: string]>([
    ['calls itself', '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
    ['calls itself twice', '{{ define "a" }}{{ template "a" . }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
    ['writes without end', '{{ define "a" }}{{ repeat 100000 "x" }}{{ template "a" . }}{{ end }}{{ template "a" . }}'],
    ['counts for ever', '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}'],
  ])('ends a template that %s', async (_name, template) => {
    const started = performance.now();
    const { status, body } = await api.post(PATH, requestOf({ injector: upload(template) }));
    expect(performance.now() - started).toBeLessThan(LIMIT_MS + 2_000);
    if (status === 504) return;
    expect(status, JSON.stringify(body)).toBe(200);
    expect(injectAnswerSchema.parse(body).objects[0]).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'template-failed' }],
    });
  });

  it.each<[name: string, manifests: string]>([
    ['an alias of itself', 'kind: Pod\nmetadata: &a\n  labels: *a\n'],
    ['a thousand levels', `${'{a: '.repeat(1_000)}1${'}'.repeat(1_000)}\n`],
    ['more aliases than anyone writes', `kind: Pod\nk: &k [x]\nall: [${'*k, '.repeat(20_000)}]\n`],
  ])('refuses %s', async (_name, manifests) => {
    const { objects } = await render({ manifests });
    expect(objects[0]).toMatchObject({ outcome: 'refused' });
  });

  it('does not unfold aliases of aliases', async () => {
    const { objects, output } = await render({ manifests: bomb() });
    expect(objects).toHaveLength(1);
    expect(output.length).toBeLessThan(100_000);
  });

  it('goes on with the next after each of them', async () => {
    expect((await render()).objects[0]?.outcome).toBe('injected');
  });
});

/** Ten lists, each ten times the one before. */
function bomb(): string {
  const lists = Array.from(
    { length: 9 },
    (_, index) => `k${index + 1}: &k${index + 1} [${Array(10).fill(`*k${index}`).join(', ')}]`,
  );
  return `kind: Pod\nk0: &k0 [x, x]\n${lists.join('\n')}\n`;
}
