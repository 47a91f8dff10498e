import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { type ControlPlane, DEFAULT_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { answerReview } from '@/demo/webhook/answer-review';
import { RunningInjector } from '@/demo/webhook/running-injector';

const FOLDER = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/reviews');

function injectorOf(plane: ControlPlane): RunningInjector {
  const kubeletVersions = new Map([['node', 'v1.35.0']]);
  const injector = new RunningInjector({
    revision: 'default',
    version: plane.version,
    kubeletVersions: () => kubeletVersions,
  });
  const { config, values } = Object(injectorConfigMap(plane).data);
  injector.load({ config, values, mesh: Object(meshConfigMap(plane).data).mesh });
  expect(injector.fault).toBeUndefined();
  return injector;
}

/** Templates that the demo does not offer, or whose lines a refusal names. */
const BEYOND_THE_TEMPLATES = new Set(['annotated.tmpl-grpc-agent', 'gateways.unknown-template', 'rejected.bad-volume']);

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
      .filter((name) => !BEYOND_THE_TEMPLATES.has(name) && existsSync(join(FOLDER, `${name}.response.default.json`)))
  : [];

describe.skipIf(cases.length === 0)('the demo injector against a real istiod (skipped without the recordings)', () => {
  const injector = injectorOf({ ...DEFAULT_PLANE, version: '1.31-dev' });

  it.each(cases)('%s', (name) => {
    const review = read(`${name}.request.json`);
    const recorded = read(`${name}.response.default.json`);
    const answer = JSON.parse(JSON.stringify(answerReview(review, injector).response));
    const wanted = recorded.response ?? recorded;
    expect(answer.allowed).toBe(wanted.allowed);
    if (!wanted.allowed) return expect(answer.status.message).toBe(wanted.status.message);
    if (wanted.patch === undefined) return expect(answer.patch).toBeUndefined();
    const apply = (patch: string) =>
      normalize(jsonPatch.applyPatch(structuredClone(review.request.object), decode(patch)).newDocument);
    expect(apply(answer.patch)).toEqual(apply(wanted.patch));
  });
});
