import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { captureOutput } from '@/tests/capture-output';
import { InputError, UsageError } from './command';
import { inject } from './inject';
import { uninject } from './uninject';

const folder = mkdtempSync(join(tmpdir(), 'sidelight-uninject-'));
const at = (name: string) => join(folder, name);
const CONFIG = ['--injectConfigFile', at('injector.json'), '--meshConfigFile', at('mesh.json')];
const SERVICE = 'apiVersion: v1\nkind: Service   # stays as it is\nmetadata: {name: web}\n';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: app
        ports: [{name: http, containerPort: 80}]
        livenessProbe: {httpGet: {path: /live, port: http}}
        readinessProbe: {tcpSocket: {port: 81}}
`;
const CRON_JOB = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 0 * * *"
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: job, image: job}]}
`;

const run = (command: typeof inject, ...args: string[]) => captureOutput(() => command.run(args));

beforeAll(async () => {
  writeFileSync(at('injector.json'), JSON.stringify(injectorConfigMap(DEFAULT_PLANE)));
  writeFileSync(at('mesh.json'), JSON.stringify(meshConfigMap(DEFAULT_PLANE)));
  writeFileSync(at('plain.yaml'), `${SERVICE}---\n${DEPLOYMENT}---\n${CRON_JOB}`);
  const { out } = await run(inject, '-f', at('plain.yaml'), ...CONFIG);
  writeFileSync(at('injected.yaml'), out);
  writeFileSync(at('broken.yaml'), `${SERVICE}---\na: [1\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const objects = (text: string) => loadAll(text).filter((each) => each !== null && each !== undefined);

describe('sidelight uninject', () => {
  it.each([
    ['from the objects alone', []],
    ['with the configuration', CONFIG],
  ])('gives back what was injected, %s', async (_name, flags) => {
    const { code, out } = await run(uninject, '-f', at('injected.yaml'), ...flags);
    expect(code).toBe(0);
    const [service, deployment, cronJob] = objects(out);
    expect(out.startsWith(SERVICE)).toBe(true);
    expect(service).toEqual(load(SERVICE));
    expect(deployment).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [
              {
                name: 'app',
                livenessProbe: { httpGet: { path: '/live', port: 80 } },
                readinessProbe: { tcpSocket: { port: 81 } },
              },
            ],
          },
        },
      },
    });
    expect(cronJob).toMatchObject({
      spec: { jobTemplate: { metadata: {}, spec: { template: { spec: { containers: [{ name: 'job' }] } } } } },
    });
    expect(out).not.toContain('istio');
  });

  it('names on standard error what injection destroyed, a line for each', async () => {
    const { err } = await run(uninject, '-f', at('injected.yaml'), ...CONFIG);
    const lines = err.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /injected\.yaml:\d+: Deployment "web": spec\.containers\[app\]\.livenessProbe\.httpGet\.port: unknown\. .* Possible: "http"\.$/,
    );
  });

  it('tells each part with how sure it is', async () => {
    const { out } = await run(uninject, '-f', at('injected.yaml'), '-o', 'json', ...CONFIG);
    const { objects: told } = JSON.parse(out);
    expect(told.map(({ kind, outcome, verified }: Record<string, string>) => [kind, outcome, verified])).toEqual([
      ['Service', 'passed', undefined],
      ['Deployment', 'uninjected', 'same'],
      ['CronJob', 'uninjected', 'same'],
    ]);
    expect(told[1].parts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: 'spec.containers[app].readinessProbe',
          fate: 'restored',
          certainty: 'recorded',
        }),
        expect.objectContaining({ path: 'metadata.labels[security.istio.io/tlsMode]', certainty: 'implied' }),
        expect.objectContaining({ certainty: 'unknown', alternatives: ['http'] }),
      ]),
    );
    expect(told[1].object.spec.template.spec.containers).toHaveLength(1);
  });

  it('says where a configuration is not the one that injected', async () => {
    const other = JSON.stringify(injectorConfigMap({ ...DEFAULT_PLANE, version: '1.29.2' }));
    writeFileSync(at('other.json'), other);
    const { code, err } = await run(uninject, '-f', at('injected.yaml'), '--injectConfigFile', at('other.json'));
    expect(code).toBe(0);
    expect(err).toMatch(/injecting the result with this configuration gives another pod: spec\.initContainers\[istio-/);
  });

  it('leaves a file byte for byte in which nothing was injected', async () => {
    const text = `# head\r\n${SERVICE}---\r\n\r\n---   # two\n${DEPLOYMENT}`;
    writeFileSync(at('odd.yaml'), text);
    const { out, err } = await run(uninject, '-f', at('odd.yaml'));
    expect([out, err]).toEqual([text, '']);
  });

  it('writes to a file and takes a list apart', async () => {
    const items = objects(readFileSync(at('injected.yaml'), 'utf8'));
    writeFileSync(at('list.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const { code, out } = await run(uninject, '-f', at('list.json'), '-o', at('out.yaml'));
    expect([code, out]).toEqual([0, '']);
    const [list] = objects(readFileSync(at('out.yaml'), 'utf8'));
    expect(list).toMatchObject({ kind: 'List', items: [load(SERVICE), { kind: 'Deployment' }, { kind: 'CronJob' }] });
    expect(readFileSync(at('out.yaml'), 'utf8')).not.toContain('istio');
  });

  it('ends with 1 and one line where a document cannot be read', async () => {
    const { code, out, err } = await run(uninject, '-f', at('broken.yaml'));
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/broken\.yaml:\d+: .+\n$/);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('refuses wrong usage', async () => {
    await expect(uninject.run([])).rejects.toThrow(UsageError);
    await expect(uninject.run(['-f', at('none.yaml')])).rejects.toThrow(InputError);
    await expect(uninject.run(['-f', at('plain.yaml'), '--engine', 'x', ...CONFIG])).rejects.toThrow(UsageError);
  });
});
