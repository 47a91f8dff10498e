import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createInjector, type Injector } from './create-injector';
import { decodeKube } from './decode-struct';
import { parseInjectorSettings } from './injector-settings';
import { type JsonObject, objectAt, textsOf } from './json-types';
import { parseMeshConfig } from './mesh-config';
import { decideNativeSidecars } from './native-sidecars';
import { toRelease } from './release';

const FOLDER = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'goldens');

interface Vector {
  readonly name: string;
  readonly engine: 'kube-inject' | 'webhook';
  readonly config: string;
  readonly revision: string;
  readonly nativeSidecars: boolean;
  readonly kubeletVersions: readonly string[];
  readonly istiodEnv: Record<string, string>;
  readonly compliancePolicy: string;
  readonly platform: string;
  readonly namespaceAnnotations: Record<string, string>;
  readonly proxyConfigResources: readonly { namespace: string; spec: JsonObject }[];
  readonly requestNamespace?: string;
  readonly webhookPath?: string;
  readonly input: string;
  readonly expected?: string;
  readonly expectedError?: string;
  readonly expectedWarning?: string;
}

interface ReleaseFile {
  readonly release: string;
  readonly builtinProxyConfig: JsonObject;
  readonly switches: Record<string, boolean>;
  readonly goldens: { readonly nullCreationTimestamp: boolean; readonly statefulSetAvailableReplicas: boolean };
}

const readText = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8');
const readJson = (...path: string[]) => JSON.parse(readText(...path));
const releases = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => !name.includes('.md')) : [];

describe.skipIf(releases.length === 0)(`goldens of ${FOLDER}`, () => {
  describe.each(releases)('%s', (name) => {
    const file: ReleaseFile = readJson(name, 'release.json');
    const release = toRelease(file.release, { switches: file.switches, builtinProxyConfig: file.builtinProxyConfig });
    const texts = new Map<string, { config: string; values: string; mesh: string }>();
    const textsOfConfig = (hash: string) => {
      const known = texts.get(hash);
      if (known !== undefined) return known;
      const folder = join(name, 'config', hash);
      const templates = readdirSync(join(FOLDER, folder, 'templates')).map((template) => [
        template.replace(/\.yaml$/, ''),
        readText(folder, 'templates', template),
      ]);
      const config = JSON.stringify({ ...readJson(folder, 'config.json'), templates: Object.fromEntries(templates) });
      const made = { config, values: readText(folder, 'values.json'), mesh: readText(folder, 'mesh.yaml') };
      texts.set(hash, made);
      return made;
    };

    const injectors = new Map<string, Injector>();
    const injectorFor = (vector: Vector): Injector => {
      const istiodEnv = {
        ...vector.istiodEnv,
        ...(vector.compliancePolicy !== '' && { COMPLIANCE_POLICY: vector.compliancePolicy }),
        ...(vector.platform !== '' && { PLATFORM: vector.platform }),
      };
      const key = JSON.stringify([
        vector.config,
        istiodEnv,
        vector.revision,
        vector.nativeSidecars,
        vector.proxyConfigResources,
      ]);
      const known = injectors.get(key);
      if (known !== undefined) return known;
      const { config, values, mesh } = textsOfConfig(vector.config);
      const settings = parseInjectorSettings(config, values);
      const meshConfig = parseMeshConfig(mesh, release);
      if (!settings.ok) throw new Error(settings.message);
      if (!meshConfig.ok) throw new Error(meshConfig.message);
      const made = createInjector({
        settings: settings.value,
        meshConfig: meshConfig.value,
        release,
        revision: vector.revision,
        nativeSidecars: vector.nativeSidecars,
        istiodEnv,
        proxyConfigResources: vector.proxyConfigResources,
      });
      if (!made.ok) throw new Error(made.faults.map((fault) => fault.text).join('\n'));
      injectors.set(key, made.injector);
      return made.injector;
    };

    const normalise = (text: string) => {
      const documents = loadAll(text).filter((document) => document !== null && document !== undefined);
      return file.goldens.nullCreationTimestamp ? documents.map(withoutNullTimes) : documents;
    };

    it.each(readdirSync(join(FOLDER, name, 'cases')).map((path) => [path.replace(/\.json$/, ''), path] as const))(
      '%s',
      (_name, path) => {
        const vector: Vector = readJson(name, 'cases', path);
        const injector = injectorFor(vector);
        if (vector.engine === 'kube-inject') expectDocuments(vector, injector, normalise);
        else expectPod(vector, injector);
      },
    );

    it('decides on native sidecars as the vectors say', () => {
      for (const path of readdirSync(join(FOLDER, name, 'cases'))) {
        const { istiodEnv, kubeletVersions, nativeSidecars }: Vector = readJson(name, 'cases', path);
        const setting = istiodEnv.ENABLE_NATIVE_SIDECARS;
        const decided = decideNativeSidecars({ kubeletVersions, ...(setting !== undefined && { setting }) }, release);
        expect([path, decided]).toEqual([path, nativeSidecars]);
      }
    });
  });
});

function expectDocuments(vector: Vector, injector: Injector, normalise: (text: string) => unknown[]) {
  const result = injector.injectDocuments(vector.input);
  if (vector.expectedError !== undefined) {
    const texts = (result.refused?.refusals ?? []).map((refusal) => refusal.text.toLowerCase());
    expect(texts.join('\n')).toContain(vector.expectedError);
    return;
  }
  expect(result.refused?.refusals).toBeUndefined();
  expect(normalise(result.output)).toEqual(normalise(vector.expected ?? ''));
  if (vector.expectedWarning !== undefined) expect(result.warnings.join('\n')).toContain(vector.expectedWarning);
}

function expectPod(vector: Vector, injector: Injector) {
  const sent = toJson(load(vector.input));
  const result = injector.injectPod({
    pod: sent,
    namespace: vector.requestNamespace ?? '',
    namespaceAnnotations: vector.namespaceAnnotations,
    path: vector.webhookPath ?? '',
  });
  if (vector.expectedError !== undefined) {
    const texts = result.kind === 'refused' ? result.reasons.map((reason) => reason.text.toLowerCase()) : [];
    expect(texts.join('\n')).toContain(vector.expectedError);
    return;
  }
  if (result.kind === 'refused') throw new Error(result.reasons.map((reason) => reason.text).join('\n'));
  const patch = result.kind === 'injected' ? result.patch : [];
  const patched = jsonPatch.applyPatch(structuredClone(sent), structuredClone([...patch])).newDocument;
  const wanted = toJson(load(vector.expected ?? ''));
  expect(comparable(patched)).toEqual(comparable(wanted));
  if (result.kind === 'injected') expect(comparable(result.pod)).toEqual(comparable(wanted));
}

/** Metadata and spec after the round trip, without the status annotation. */
function comparable(pod: JsonObject) {
  const decoded = decodeKube('Pod', pod);
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  const { metadata, spec } = decoded.value;
  const { 'sidecar.istio.io/status': _status, ...annotations } = textsOf(
    objectAt(decoded.value, 'metadata').annotations,
  );
  const { annotations: _annotations, ...rest } = objectAt({ metadata: metadata ?? {} }, 'metadata');
  return { metadata: Object.keys(annotations).length === 0 ? rest : { ...rest, annotations }, spec };
}

function toJson(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value));
}

function withoutNullTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullTimes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, item]) => !(key === 'creationTimestamp' && item === null))
    .map(([key, item]) => [key, withoutNullTimes(item)] as const)
    .filter(([key, item]) => !(key === 'metadata' && JSON.stringify(item) === '{}'));
  return Object.fromEntries(entries);
}
