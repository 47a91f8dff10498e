import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureOutput } from '@/tests/capture-output';
import { InputError, UsageError } from './command';
import { inject } from './inject';

const folder = mkdtempSync(join(tmpdir(), 'sidelight-inject-'));
const at = (name: string) => join(folder, name);
const TEMPLATE = `metadata:
  labels:
    mode: {{ .Values.mode }}
spec:
  containers:
  - name: istio-proxy
    image: proxy:{{ .Values.tag }}
    env:
    - name: WORKLOAD
      value: {{ .DeploymentMeta.Name }}
`;
const CONFIG = { policy: 'enabled', defaultTemplates: ['sidecar'], templates: { sidecar: TEMPLATE } };
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: app}]
`;
const SERVICE = 'apiVersion: v1\nkind: Service   # stays as it is\nmetadata: {name: web}\n';

beforeAll(() => {
  writeFileSync(at('config.json'), JSON.stringify(CONFIG));
  writeFileSync(at('values.yaml'), 'mode: strict\ntag: "1"\n');
  const data = { config: JSON.stringify(CONFIG), values: '{"mode":"map","tag":"2"}' };
  writeFileSync(at('map.json'), JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data }));
  writeFileSync(at('web.yaml'), `${SERVICE}---\n${DEPLOYMENT}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => captureOutput(() => inject.run(args));
const FILES = () => ['--injectConfigFile', at('config.json'), '--valuesFile', at('values.yaml')];
const secondDocument = (out: string) => load(out.split('---\n')[1] ?? '');

describe('sidelight inject', () => {
  it.each(['kube-inject', 'webhook'])(
    'injects workloads and passes the rest through byte for byte (%s)',
    async (engine) => {
      const { code, out } = await run('-f', at('web.yaml'), ...FILES(), '--engine', engine);
      expect(code).toBe(0);
      expect(out.startsWith(`${SERVICE}---\n`)).toBe(true);
      const template = { metadata: { labels: { app: 'web', mode: 'strict' } } };
      expect(secondDocument(out)).toMatchObject({ kind: 'Deployment', spec: { template } });
      expect(out).toMatch(/name: WORKLOAD\n\s+value: web\n/);
      expect(out).not.toContain('preview');
    },
  );

  it('takes a whole ConfigMap, with its values', async () => {
    const { out } = await run('-f', at('web.yaml'), '--injectConfigFile', at('map.json'));
    expect(out).toContain('mode: map');
  });

  it('walks a folder, and writes to a file', async () => {
    mkdirSync(at('many/deep'), { recursive: true });
    writeFileSync(at('many/a.yaml'), DEPLOYMENT);
    writeFileSync(at('many/deep/b.yml'), DEPLOYMENT.replace('name: web', 'name: other'));
    writeFileSync(at('many/readme.txt'), 'no manifest');
    const { code, out } = await run('-f', at('many'), '-o', at('result.yaml'), ...FILES());
    expect([code, out]).toEqual([0, '']);
    const again = await run('-f', at('result.yaml'), ...FILES());
    expect(again.out.match(/kind: Deployment/g)).toHaveLength(2);
  });

  it('names file, line, object and reason of each refusal, and writes nothing', async () => {
    const bad = DEPLOYMENT.replace(
      '{labels: {app: web}}',
      '{labels: {app: web}, annotations: {inject.istio.io/templates: nope}}',
    );
    writeFileSync(at('bad.yaml'), `${DEPLOYMENT}---\n${bad}---\na: [1\n`);
    const { code, out, err } = await run('-f', at('bad.yaml'), ...FILES(), '--engine', 'webhook');
    expect([code, out]).toEqual([1, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/bad\.yaml:1\d: Deployment "web": .*requested template "nope" not found/);
    expect(lines[1]).toMatch(/bad\.yaml:2\d: document 3: /);
  });

  it.each([
    ['no file', () => [], UsageError, /-f is needed/],
    [
      'a file that is not there',
      () => ['-f', at('none.yaml'), ...FILES()],
      InputError,
      /none\.yaml: there is no such file/,
    ],
    [
      'an unknown engine',
      () => ['-f', at('web.yaml'), ...FILES(), '--engine', 'x'],
      UsageError,
      /neither kube-inject nor webhook/,
    ],
    [
      'no values',
      () => ['-f', at('web.yaml'), '--injectConfigFile', at('config.json')],
      UsageError,
      /--valuesFile is needed/,
    ],
    [
      'a variable without a value',
      () => ['-f', at('web.yaml'), ...FILES(), '--istiod-env', 'A'],
      UsageError,
      /KEY=VALUE/,
    ],
  ])('says what is wrong with %s', async (_what, args, kind, message) => {
    const failure = await run(...args()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(String(failure)).toMatch(message);
  });
});
