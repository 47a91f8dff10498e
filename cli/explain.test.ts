import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { webhookConfigurationRecord } from '@/lib/core/injection/record-builders';
import { captureOutput } from '@/tests/capture-output';
import { InputError, UsageError } from './command';
import { explain } from './explain';

const folder = mkdtempSync(join(tmpdir(), 'sidelight-explain-'));
const at = (name: string) => join(folder, name);
const write = (name: string, value: unknown) =>
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value));

const hook = (name: string, options = {}) => {
  const { body, labels } = webhookConfigurationRecord(name, options);
  return { apiVersion: 'v1', kind: 'MutatingWebhookConfiguration', metadata: { name, labels }, ...Object(body) };
};
const namespace = (labels: object) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
const deployment = (name: string, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { selector: {}, template: { metadata, spec: { containers: [{ name: 'app', image: 'app' }] } } },
});
const TEMPLATE = `spec:
  containers:
  - name: istio-proxy
    image: "proxy{{ if not (index .ObjectMeta.Annotations "version") }}{{ index .Values.none 3 }}{{ end }}"
`;

beforeAll(() => {
  write('hooks.json', {
    kind: 'List',
    apiVersion: 'v1',
    items: [hook('hook'), hook('hook-1-24', { revision: '1-24' })],
  });
  write('on.json', namespace({ 'istio-injection': 'enabled' }));
  write('off.json', namespace({ 'istio-injection': 'disabled' }));
  write('web.json', deployment('web'));
  write('service.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n');
  write('bad.yaml', 'kind: Pod\nmetadata: {name: [\n');
  const config = `policy: enabled\ntemplates:\n  sidecar: |\n${TEMPLATE.replaceAll(/^/gm, '    ')}`;
  write('injector.json', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'i' },
    data: { config, values: '{}' },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => captureOutput(() => explain.run(args));
const files = (name: string, ns: string, ...more: string[]) =>
  run('-f', at(name), '--namespace-file', at(ns), '--webhooks-file', at('hooks.json'), ...more);

describe('sidelight explain on files', () => {
  it('says yes, by whom, and which gate decided', async () => {
    const { code, out } = await files('web.json', 'on.json');
    expect(code).toBe(0);
    expect(out).toContain('Deployment shop/web  ✓ gets a sidecar from revision default');
    expect(out).toMatch(/✓ Does a webhook pick the namespace\? +Namespace labels: istio-injection=enabled/);
    expect(out.match(/← decides/g)).toHaveLength(1);
  });

  it('says no, why, and what would change it', async () => {
    const { out } = await files('web.json', 'off.json');
    expect(out).toContain('✗ gets no sidecar');
    expect(out).toContain('Injection is switched off by label istio-injection=disabled.');
    expect(out).toMatch(/✗ Does a webhook pick the namespace\?.*← decides/);
    expect(out).toMatch(/· Does it pick the pod\? +not reached/);
    expect(out).toContain('1. Enable injection in the namespace');
    expect(out).not.toContain('Restart');
  });

  it.each<[ns: string, expected: string, code: number]>([
    ['on.json', 'injected', 0],
    ['on.json', 'not-injected', 3],
    ['off.json', 'injected', 3],
    ['off.json', 'not-injected', 0],
  ])('%s with --expect %s ends with %i', async (ns, expected, code) => {
    const { code: found, err } = await files('web.json', ns, '--expect', expected);
    expect(found).toBe(code);
    expect(err).toEqual(code === 0 ? '' : expect.stringMatching(/^Deployment shop\/web: .*injected, expected/));
  });

  it('writes JSON with codes, values and sentences', async () => {
    const { out } = await files('web.json', 'off.json', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject([
      {
        kind: 'Deployment',
        name: 'web',
        decision: 'not-injected',
        because: {
          code: 'injection.mode.disabled',
          values: { label: 'istio-injection=disabled' },
          text: 'Injection is switched off by label istio-injection=disabled.',
        },
        remedies: [{ action: 'enable-namespace' }],
      },
    ]);
  });

  it('renders with the injector’s configuration, and foresees a refusal', async () => {
    const { out } = await files('web.json', 'on.json', '--injectConfigFile', at('injector.json'), '-o', 'json');
    expect(JSON.parse(out)).toMatchObject([{ decision: 'refused', rendering: { kind: 'refused' } }]);
    write('fine.json', deployment('fine', { annotations: { version: '1' } }));
    const fine = await files('fine.json', 'on.json', '--injectConfigFile', at('injector.json'), '-o', 'json');
    expect(JSON.parse(fine.out)).toMatchObject([{ decision: 'injected', rendering: { kind: 'rendered' } }]);
    expect(
      (await files('web.json', 'on.json', '--injectConfigFile', at('injector.json'), '--expect', 'injected')).code,
    ).toBe(3);
  });

  it('asks match conditions about the whole pod', async () => {
    const matchConditions = [{ name: 'small', expression: 'size(object.spec.containers) == 1' }];
    write('conditioned.json', hook('hook', { matchConditions }));
    const args = ['-f', at('web.json'), '-f', at('on.json'), '-f', at('conditioned.json'), '-o', 'json'];
    expect(JSON.parse((await run(...args)).out)).toMatchObject([{ decision: 'injected' }]);
    const others = [{ name: 'big', expression: 'size(object.spec.containers) > 1' }];
    write('conditioned.json', hook('hook', { matchConditions: others }));
    expect(JSON.parse((await run(...args)).out)).toMatchObject([
      { decision: 'not-injected', because: { code: 'injection.pod.condition-false' } },
    ]);
  });

  it.each<[name: string, args: readonly string[], message: RegExp, error: typeof InputError | typeof UsageError]>([
    ['nothing', [], /either -f, or a kind and a name/, UsageError],
    ['no webhooks', ['-f', 'web.json'], /--webhooks-file is needed/, UsageError],
    ['a word that is none', ['-f', 'web.json', '--expect', 'yes'], /--expect "yes"/, UsageError],
    ['an output that is none', ['-f', 'web.json', '-o', 'xml'], /-o "xml"/, UsageError],
    ['a kind that is none', ['secret', 'x', '--kubeconfig', 'none'], /"secret" is no kind/, UsageError],
    [
      'a file without pods',
      ['-f', 'service.yaml', '--webhooks-file', 'hooks.json'],
      /service\.yaml: nothing here/,
      InputError,
    ],
    [
      'a file without webhooks',
      ['-f', 'web.json', '--webhooks-file', 'service.yaml'],
      /no MutatingWebhookConfiguration/,
      InputError,
    ],
    ['no YAML', ['-f', 'bad.yaml', '--webhooks-file', 'hooks.json'], /bad\.yaml:\d+: /, InputError],
    ['no file', ['-f', 'gone.yaml', '--webhooks-file', 'hooks.json'], /gone\.yaml: there is no such file/, InputError],
  ])('refuses %s', async (_name, args, message, error) => {
    const run_ = run(...args.map((word) => (/\.(json|yaml)$/.test(word) ? at(word) : word)));
    await expect(run_).rejects.toThrow(error);
    await expect(run_).rejects.toThrow(message);
  });
});

const FULL = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded', 'full');

describe.skipIf(!existsSync(FULL))('sidelight explain on the recorded cluster', () => {
  it('decides about every Deployment as real istiod did with its pods', { timeout: 60_000 }, async () => {
    const items = (file: string) => JSON.parse(readFileSync(join(FULL, `${file}.json`), 'utf8')).items;
    const injected = new Set<string>();
    const running = new Set<string>();
    for (const { metadata } of items('pods')) {
      const owner = `${metadata.namespace}/${metadata.name.replace(/-[a-z0-9]+-[a-z0-9]{5}$/, '')}`;
      running.add(owner);
      if (metadata.annotations?.['sidecar.istio.io/status'] !== undefined) injected.add(owner);
    }
    const injector = items('configmaps-istio-system').find(
      ({ metadata }: { metadata: { name: string } }) => metadata.name === 'istio-sidecar-injector',
    );
    write('recorded-injector.json', { apiVersion: 'v1', kind: 'ConfigMap', ...injector });
    const { out } = await run(
      ...['-f', join(FULL, 'deployments.json'), '-f', join(FULL, 'namespaces.json')],
      ...['--webhooks-file', join(FULL, 'mutatingwebhookconfigurations.json')],
      ...['--injectConfigFile', at('recorded-injector.json'), '-o', 'json'],
    );
    const verdicts: readonly { namespace: string; name: string; decision: string }[] = JSON.parse(out);
    const odd = verdicts.filter(({ namespace: ns, name, decision }) => {
      const place = `${ns}/${name}`;
      return running.has(place) && (decision === 'injected') !== injected.has(place);
    });
    expect(odd.map(({ namespace: ns, name, decision }) => `${ns}/${name} ${decision}`)).toEqual([]);
    const refused = verdicts
      .filter(({ decision }) => decision === 'refused')
      .map(({ namespace: ns, name }) => `${ns}/${name}`);
    expect(refused).toContain('rejected/bad-cidr');
    expect(verdicts.length).toBeGreaterThan(100);
  });
});

describe('sidelight explain on a cluster', () => {
  let cluster: DemoCluster;
  beforeAll(async () => {
    cluster = await startDemoCluster({ scenario: 'tricky', readyDelayMs: 50 });
  }, 60_000);
  afterAll(() => cluster.stop());
  const live = (...args: string[]) => run(...args, '--kubeconfig', cluster.kubeconfigPath);

  it('tells of a pod what runs and what would differ', async () => {
    const pod = cluster.store.list('pods', 'archive')[0]?.metadata.name ?? '';
    const { out } = await live('pod', pod, '-n', 'archive');
    expect(out).toContain('now outdated');
    expect(out).toContain('initContainers[istio-proxy].resources.requests[cpu]');
    expect(out).toContain('- 60m');
    expect(out).toContain('+ 100m');
  });

  it('tells of a namespace, and of each workload in two lines', async () => {
    const { out } = await live('ns/shop');
    expect(out).toMatch(/^Namespace shop {2}✓ gets a sidecar from revision default {2}\d+ of \d+ pods as wanted/);
    expect(out).toContain('now missing: Created');
    expect(out.match(/Is there an injector/g)).toHaveLength(1);
  });

  it('explains a manifest by what the cluster says now', async () => {
    write('new.json', { ...deployment('new'), metadata: { name: 'new', namespace: 'search' } });
    const { code, out } = await live('-f', at('new.json'), '--expect', 'not-injected');
    expect(code).toBe(0);
    expect(out).toContain('No webhook serves revision 1-9-7');
  });

  it('names what is there when the object is not', async () => {
    await expect(live('deploy', 'gone', '-n', 'search')).rejects.toThrow(
      /no Deployment "gone" in namespace "search"; it has Deployment\/search-api/,
    );
    await expect(live('ns', 'gone')).rejects.toThrow(/no namespace "gone"/);
  });
});
