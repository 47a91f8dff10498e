import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { captureOutput } from '@/tests/capture-output';
import { inject } from './inject';

const GOLDENS = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'goldens');
const folder = mkdtempSync(join(tmpdir(), 'sidelight-inject-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(GOLDENS, ...path), 'utf8'));
const releases = existsSync(GOLDENS) ? readdirSync(GOLDENS).filter((name) => !name.endsWith('.md')) : [];

const run = (args: readonly string[]) => captureOutput(() => inject.run(args));

/** The ConfigMap's key `config`, in a file, as a user would have it. */
function configFile(release: string, hash: string): string {
  const path = join(folder, `${release}-${hash}.json`);
  if (existsSync(path)) return path;
  const templates = join(GOLDENS, release, 'config', hash, 'templates');
  const texts = readdirSync(templates).map((name) => [
    name.replace(/\.yaml$/, ''),
    readFileSync(join(templates, name), 'utf8'),
  ]);
  const config = readJson(release, 'config', hash, 'config.json');
  writeFileSync(path, JSON.stringify({ ...config, templates: Object.fromEntries(texts) }));
  return path;
}

// Old Kubernetes types wrote these; the recordings' README says that they do not count.
function withoutNullTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullTimes);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, item]) => !(key === 'creationTimestamp' && item === null))
    .map(([key, item]) => [key, withoutNullTimes(item)] as const);
  return Object.fromEntries(kept.filter(([key, item]) => !(key === 'metadata' && JSON.stringify(item) === '{}')));
}

describe.skipIf(releases.length === 0)(`sidelight inject on the goldens of ${GOLDENS}`, () => {
  describe.each(releases)('%s', (release) => {
    const { goldens } = readJson(release, 'release.json');
    const documents = (text: string) => {
      const all = loadAll(text).filter((document) => document !== null && document !== undefined);
      return goldens.nullCreationTimestamp ? all.map(withoutNullTimes) : all;
    };
    const cases = readdirSync(join(GOLDENS, release, 'cases')).filter((name) => name.includes('.kube-inject'));
    it.each(cases)('%s', async (name) => {
      const vector = readJson(release, 'cases', name);
      const config = join(GOLDENS, release, 'config', vector.config);
      const input = join(folder, 'input.yaml');
      writeFileSync(input, vector.input);
      const { code, out, err } = await run([
        ...['-f', input, '--injectConfigFile', configFile(release, vector.config)],
        ...['--valuesFile', join(config, 'values.json'), '--meshConfigFile', join(config, 'mesh.yaml')],
        ...['--native-sidecars', String(vector.nativeSidecars), '--istio-version', release],
        ...(vector.revision === '' ? [] : ['--revision', vector.revision]),
        ...Object.entries(vector.istiodEnv).flatMap(([key, value]) => ['--istiod-env', `${key}=${value}`]),
      ]);
      if (vector.expectedError !== undefined) {
        expect([code, out]).toEqual([1, '']);
        expect(err.toLowerCase()).toContain(vector.expectedError);
        return;
      }
      expect(code).toBe(0);
      const [got, wanted] = [documents(out), documents(vector.expected)];
      // The switch of a known deviation is no flag of the command line.
      if (vector.knownDeviation) expect(got).toHaveLength(wanted.length);
      else expect(got).toEqual(wanted);
      if (vector.expectedWarning !== undefined) expect(err).toContain(vector.expectedWarning);
    });
  });
});
