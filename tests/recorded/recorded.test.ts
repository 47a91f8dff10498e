import jsonPatch, { type Operation } from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import type { JsonObject, JsonValue } from '@/lib/core/injection/engine/json-types';
import { decideNativeSidecars } from '@/lib/core/injection/engine/native-sidecars';
import { clusterOf } from '@/lib/core/injection/engine/sidecar-identity';
import { type InjectionEngine, openInjector } from '@/lib/core/injection/open-injector';
import { ISTIO_VERSION } from '@/testbed/programs.data';
import { toKubeInjectRun } from '@/tests/real/engine/compare-manifest';
import { orderFaults } from '@/tests/real/engine/order-faults';
import { buildConfigurations } from './configurations';
import { MANIFEST_CASES } from './manifest-cases.data';
import { readRecording } from './recording-files';
import { REVIEW_CASES } from './review-cases.data';

const recording = await readRecording();
const injectors = new Map<string, Injector>();

function injectorOf(configuration: string, engine: InjectionEngine, nativeSidecars: boolean): Injector {
  const key = `${configuration} ${engine} ${nativeSidecars}`;
  const known = injectors.get(key);
  if (known !== undefined) return known;
  const texts = recording.configurations[configuration];
  if (texts === undefined) throw new Error(`no configuration ${configuration} was recorded`);
  const proxyConfigResources = texts.proxyConfigs.map(({ namespace, spec }) => ({
    namespace,
    spec: spec as JsonObject,
  }));
  const opened = openInjector({
    ...texts,
    proxyConfigResources,
    revision: 'default',
    version: ISTIO_VERSION,
    engine,
    nativeSidecars,
  });
  if (!opened.ok) throw new Error(opened.message);
  injectors.set(key, opened.value);
  return opened.value;
}

/** istiod asks the nodes of the cluster that the URL or the values name; of another than its own it knows none. */
function isNative({ input }: Injector, path: string): boolean {
  const isOwn = ['Kubernetes', ''].includes(clusterOf(input.settings.values, path));
  return isOwn && decideNativeSidecars({ kubeletVersions: recording.kubeletVersions }, input.release);
}

/** A pod as the API server reads it; undefined fields are gone, empty ones are what their types make of them. */
function asRead(pod: unknown): unknown {
  const decoded = decodeKube('Pod', JSON.parse(JSON.stringify(pod)));
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  return decoded.value;
}

const applied = (pod: unknown, patch: readonly unknown[]) =>
  asRead(jsonPatch.applyPatch(structuredClone(pod), structuredClone(patch) as Operation[]).newDocument);

describe('what was recorded', () => {
  it('is what the cases ask today; run `npm run record` after changing them', () => {
    const asText = (value: unknown) => JSON.parse(JSON.stringify(value));
    const asked = <T extends { answer: unknown }>(cases: readonly T[]) =>
      cases.map(({ answer: _answer, ...rest }) => rest);
    expect(recording.configurations).toEqual(asText(buildConfigurations()));
    expect(new Set(asked(recording.reviews).map((one) => JSON.stringify(one)))).toEqual(
      new Set(REVIEW_CASES.map((one) => JSON.stringify(one))),
    );
    expect(new Set(asked(recording.manifests).map((one) => JSON.stringify(one)))).toEqual(
      new Set(MANIFEST_CASES.map((one) => JSON.stringify(one))),
    );
  });
});

describe('the engine beside a real istiod', () => {
  it.each(recording.reviews)('$name', ({ configuration, pod, namespace, path, answer }) => {
    const injector = injectorOf(configuration, 'webhook', false);
    const nativeSidecars = isNative(injector, path);
    const result = injector.injectPod({ pod: pod as JsonValue, namespace, path, nativeSidecars });
    if (answer.kind === 'refused') {
      expect(result.kind === 'refused' ? orderFaults(result.reasons[0].text) : result.kind).toEqual(
        orderFaults(answer.message),
      );
      return;
    }
    expect(result.kind === 'refused' ? result.reasons[0].text : '').toBe('');
    const patch = result.kind === 'injected' ? result.patch : [];
    // istiod's patch is one of the pod as the API server has read it.
    expect(applied(pod, patch)).toEqual(applied(asRead(pod), answer.patch));
  });
});

describe('the engine beside a real kube-inject', () => {
  it.each(recording.manifests)('$name', ({ configuration, nativeSidecars, manifest, answer }) => {
    const injector = injectorOf(configuration, 'kube-inject', nativeSidecars);
    const run = toKubeInjectRun(injector.injectDocuments(manifest));
    expect({ ...run, errors: orderFaults(run.errors) }).toEqual({ ...answer, errors: orderFaults(answer.errors) });
  });
});
