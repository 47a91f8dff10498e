import { describe, expect, it } from 'vitest';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { exampleInjector } from '@/lib/core/injection/engine/example-injector';
import { type InjectorTexts, openInjector } from '@/lib/core/injection/open-injector';
import { detailPreview } from './detail-preview';
import { forecastPod, renderSubject } from './forecast-pod';
import type { PodForecast, PreviewPlace, PreviewSubject } from './preview-types';

const WEBHOOK: PreviewSubject['webhook'] = {
  kind: 'service',
  namespace: 'istio-system',
  name: 'istiod',
  port: 443,
  path: '/inject',
};
const place = (over: Partial<PreviewPlace> = {}): PreviewPlace => ({
  name: 'apps',
  labels: {},
  annotations: {},
  ...over,
});

interface Given {
  readonly template?: Record<string, unknown>;
  readonly spec?: Record<string, unknown>;
  readonly kind?: string;
  readonly webhook?: PreviewSubject['webhook'];
}

function subject({ template = {}, spec = {}, kind = 'Deployment', webhook = WEBHOOK }: Given = {}): PreviewSubject {
  const containers = [{ name: 'app', image: 'app:1' }];
  const object = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'apps' },
    spec: { template: { metadata: template, spec: { containers, ...spec } } },
  };
  return { kind, name: 'web', object: JSON.stringify(object), webhook };
}

/** An injector of one template. */
function injectorOf(template: string, over: Partial<InjectorTexts> = {}): Injector {
  const config = JSON.stringify({ policy: 'enabled', defaultTemplates: ['sidecar'], templates: { sidecar: template } });
  const values = JSON.stringify({ global: { tag: '1.30.0' } });
  const texts = { config, values, mesh: '', revision: 'default', nativeSidecars: false, engine: 'webhook' } as const;
  const opened = openInjector({ ...texts, ...over });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

function forecast(injector: Injector, given: PreviewSubject = subject(), where = place()): PodForecast {
  const rendered = renderSubject(injector, given, where);
  if (!rendered.ok) throw new Error(rendered.message);
  return forecastPod(injector, rendered.value, where);
}

const PROXY = 'spec:\n  containers:\n  - name: istio-proxy\n    image: proxy:1\n';

describe('forecastPod', () => {
  it('names what arrives and the templates that brought it', () => {
    expect(forecast(exampleInjector())).toMatchObject({
      outcome: 'injected',
      templates: ['sidecar'],
      containers: [{ name: 'istio-proxy', role: 'sidecar', requests: { cpu: '0', memory: '0' } }],
      refusals: [],
    });
    expect(forecast(exampleInjector({ nativeSidecars: true })).containers).toMatchObject([{ name: 'istio-proxy' }]);
  });

  it('says why a pod is skipped', () => {
    const labels = { 'sidecar.istio.io/inject': 'false' };
    expect(forecast(exampleInjector(), subject({ template: { labels } }))).toMatchObject({
      outcome: 'skipped',
      because: { code: 'injection.decision.label-no' },
      containers: [],
    });
  });

  it('gives every reason of a refusal in the injector’s words', () => {
    const annotations = { 'sidecar.istio.io/interceptionMode': 'SIDEWAYS', 'sidecar.istio.io/proxyCPU': 'lots' };
    const { outcome, refusals } = forecast(exampleInjector(), subject({ template: { annotations } }));
    expect(outcome).toBe('refused');
    expect(refusals).toHaveLength(2);
    expect(refusals[0]).toMatchObject({ by: 'injector', text: expect.stringContaining('SIDEWAYS') });
  });

  it('tells a template that does not end from one that the injector refuses', () => {
    const levels = Array.from(
      { length: 40 },
      (_, at) => `{{ define "t${at + 1}" }}${`{{ template "t${at}" }}`.repeat(2)}{{ end }}`,
    );
    const text = `{{ define "t0" }}{{ end }}${levels.join('')}{{ template "t40" }}${PROXY}`;
    expect(forecast(injectorOf(text)).endless).toMatchObject({ template: 'sidecar' });
    expect(forecast(injectorOf('{{ fail "no" }}')).endless).toBeUndefined();
  });

  const resources = (text: string) => `${PROXY}    resources: ${text}\n`;
  it.each<[name: string, template: string, spec: Record<string, unknown>, cpuCores: number]>([
    ['a request', resources('{requests: {cpu: 100m}, limits: {cpu: "2"}}'), {}, 0.1],
    ['a limit alone, which is the request too', resources('{limits: {cpu: "2"}}'), {}, 2],
    [
      'a native sidecar',
      'spec:\n  initContainers:\n  - {name: istio-proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}\n',
      {},
      0.1,
    ],
    [
      'an init container only by what it exceeds',
      'spec:\n  initContainers:\n  - {name: setup, resources: {requests: {cpu: 300m}}}\n',
      { containers: [{ name: 'app', resources: { requests: { cpu: '200m' } } }] },
      0.1,
    ],
    [
      'an init container that is smaller, not at all',
      'spec:\n  initContainers:\n  - {name: setup, resources: {requests: {cpu: 100m}}}\n',
      { containers: [{ name: 'app', resources: { requests: { cpu: '200m' } } }] },
      0,
    ],
  ])('counts %s', (_name, template, spec, cpuCores) => {
    expect(forecast(injectorOf(template), subject({ spec })).perPod.cpuCores).toBeCloseTo(cpuCores, 9);
  });

  it('counts nothing that the pod had already', () => {
    const own = { containers: [{ name: 'app' }, { name: 'istio-proxy', resources: { requests: { cpu: '1' } } }] };
    const result = forecast(injectorOf(resources('{requests: {cpu: 100m}}')), subject({ spec: own }));
    expect(result.containers).toEqual([]);
    expect(result.perPod.cpuCores).toBe(0);
  });

  const ROOT = `${PROXY}    securityContext: {runAsUser: 0, privileged: true}\n`;
  it.each<[name: string, labels: Record<string, string>, spec: Record<string, unknown>, findings: string | undefined]>([
    ['what injection brings', { 'pod-security.kubernetes.io/enforce': 'baseline' }, {}, '"istio-proxy"'],
    ['nothing at the level privileged', { 'pod-security.kubernetes.io/enforce': 'privileged' }, {}, undefined],
    ['nothing without a level', {}, {}, undefined],
    [
      'nothing that the pod breaks by itself',
      { 'pod-security.kubernetes.io/enforce': 'baseline' },
      { hostPID: true, containers: [{ name: 'istio-proxy', securityContext: { privileged: true } }] },
      undefined,
    ],
  ])('holds against the namespace’s level %s', (_name, labels, spec, findings) => {
    const { outcome, refusals } = forecast(injectorOf(ROOT), subject({ spec }), place({ labels }));
    expect(outcome).toBe('injected');
    expect(refusals.map(({ by }) => by)).toEqual(findings === undefined ? [] : ['pod-security']);
    if (findings !== undefined) expect(refusals[0]?.text).toContain(findings);
  });

  it('asks the injector by the path of its webhook, and without nodes of a cluster that it does not know', () => {
    const template = `metadata: {annotations: {native: "{{ .NativeSidecars }}"}}\n${PROXY}`;
    const injector = injectorOf(template, { nativeSidecars: true });
    const render = (webhook: PreviewSubject['webhook']) => {
      const rendered = renderSubject(injector, subject({ webhook }), place());
      return rendered.ok && rendered.value.injection.kind === 'injected'
        ? JSON.stringify(rendered.value.injection.pod)
        : '';
    };
    const path = '/inject/cluster/other/net/n1';
    expect(render({ ...WEBHOOK, path })).toContain('"native":"false"');
    expect(render({ ...WEBHOOK, path })).toContain('{"name":"ISTIO_META_NETWORK","value":"n1"}');
    expect(render({ kind: 'url', url: `https://istiod.example:15017${path}?timeout=10s` })).toContain(
      '"native":"true"',
    );
    expect(render(WEBHOOK)).toContain('"native":"true"');
  });

  it('fails for what makes no pods', () => {
    const object = JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
    expect(renderSubject(exampleInjector(), { ...subject(), object }, place())).toMatchObject({ ok: false });
  });
});

describe('a pod that stands by itself', () => {
  it('is rendered as it was sent, without what admission and the scheduler added', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'lone', namespace: 'apps', uid: '1', resourceVersion: '7' },
      spec: {
        nodeName: 'node-1',
        containers: [
          {
            name: 'app',
            image: 'app:1',
            volumeMounts: [
              { name: 'kube-api-access-abcde', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
            ],
          },
        ],
        volumes: [{ name: 'kube-api-access-abcde', projected: {} }],
      },
    };
    const given = { kind: 'Pod', name: 'lone', object: JSON.stringify(pod), webhook: WEBHOOK };
    const rendered = renderSubject(exampleInjector(), given, place());
    expect(rendered).toMatchObject({ ok: true, value: { injection: { kind: 'injected' } } });
    if (!rendered.ok) return;
    const { yaml, comparison, parts } = detailPreview(given, rendered.value);
    expect(yaml.before).not.toMatch(/node-1|kube-api-access/);
    expect(yaml.after).toContain('name: istio-proxy');
    expect(comparison?.isInjected).toBe(true);
    expect(parts.find(({ path }) => path.includes('[istio-proxy].image'))?.origin.code).toBe('engine.origin.template');
  });
});
