import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { answerReview } from '@/demo/webhook/answer-review';
import type { InjectorConfig } from '@/demo/webhook/injector-config';

const FOLDER = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/reviews');
const CONFIG: InjectorConfig = {
  revision: 'default',
  proxyImage: 'docker.io/istio/proxyv2:1.31-dev',
  istiodAddress: 'istiod.istio-system.svc:15012',
  form: 'native',
};

/** What the demo's plain template leaves to the injection engine. */
const BEYOND_THE_TEMPLATE = new Set([
  'annotated.bootstrap',
  'annotated.image-type',
  'annotated.kubevirt',
  'annotated.proxy-config',
  'annotated.discovery',
  'annotated.tmpl-grpc-agent',
  'annotated.user-volume',
  'annotated.stats',
  'gateways.two-templates',
  'gateways.unknown-template',
  'merge.already-status',
  'kinds.app-named-istio-init',
  'merge.custom-proxy',
  'merge.custom-proxy-init',
  'merge.user-volume-clash',
  'rejected.bad-config-yaml',
  'rejected.bad-volume',
]);

function read(name: string) {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}

function decode(patch: string) {
  return JSON.parse(Buffer.from(patch, 'base64').toString('utf8'));
}

// The API server drops nulls and empty volume sources are all emptyDir; both forms mean the same pod.
function normalize(pod: { spec: { volumes?: { emptyDir?: unknown }[] } }) {
  const copy = structuredClone(pod);
  for (const volume of copy.spec.volumes ?? []) if (Object.keys(volume).length === 1) volume.emptyDir = {};
  return copy;
}

const cases = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.request.json'))
      .map((name) => name.replace('.request.json', ''))
      .filter((name) => !BEYOND_THE_TEMPLATE.has(name) && existsSync(join(FOLDER, `${name}.response.default.json`)))
  : [];

describe.skipIf(cases.length === 0)('the demo injector against a real istiod (skipped without the recordings)', () => {
  it.each(cases)('%s', (name) => {
    const review = read(`${name}.request.json`);
    const recorded = read(`${name}.response.default.json`);
    const answer = JSON.parse(JSON.stringify(answerReview(review, CONFIG).response));
    const wanted = recorded.response ?? recorded;
    expect(answer.allowed).toBe(wanted.allowed);
    if (!wanted.allowed) return expect(answer.status.message).toBe(wanted.status.message);
    if (wanted.patch === undefined) return expect(answer.patch).toBeUndefined();
    const apply = (patch: string) =>
      normalize(jsonPatch.applyPatch(structuredClone(review.request.object), decode(patch)).newDocument);
    expect(apply(answer.patch)).toEqual(apply(wanted.patch));
  });
});
