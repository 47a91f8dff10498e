import jsonPatch from 'fast-json-patch';
import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { GOLDENS, type GoldenVector, goldenReleases, openGoldens } from '@/tests/vectors/golden-injectors';
import type { Injector } from './create-injector';
import { decodeKube } from './decode-struct';
import { type JsonObject, objectAt, textsOf } from './json-types';
import { decideNativeSidecars } from './native-sidecars';

const releases = goldenReleases();

describe.skipIf(releases.length === 0)(`goldens of ${GOLDENS}`, () => {
  describe.each(releases)('%s', (name) => {
    const { file, release, injectorFor, cases, read } = openGoldens(name);

    const normalise = (text: string) => {
      const documents = loadAll(text).filter((document) => document !== null && document !== undefined);
      return file.goldens.nullCreationTimestamp ? documents.map(withoutNullTimes) : documents;
    };

    it.each(cases)('%s', (each) => {
      const vector = read(each);
      const injector = injectorFor(vector);
      if (vector.engine === 'kube-inject') expectDocuments(vector, injector, normalise);
      else expectPod(vector, injector);
    });

    it('decides on native sidecars as the vectors say', () => {
      for (const each of cases) {
        const { istiodEnv, kubeletVersions, nativeSidecars } = read(each);
        const setting = istiodEnv.ENABLE_NATIVE_SIDECARS;
        const decided = decideNativeSidecars({ kubeletVersions, ...(setting !== undefined && { setting }) }, release);
        expect([each, decided]).toEqual([each, nativeSidecars]);
      }
    });
  });
});

function expectDocuments(vector: GoldenVector, injector: Injector, normalise: (text: string) => unknown[]) {
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

function expectPod(vector: GoldenVector, injector: Injector) {
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
