import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { createInjector, type Injector } from './create-injector';
import { decodeKube } from './decode-struct';
import { parseInjectorSettings } from './injector-settings';
import type { JsonObject } from './json-types';
import { parseMeshConfig } from './mesh-config';
import { decideNativeSidecars } from './native-sidecars';
import { readVersion, toRelease } from './release';

const FOLDER = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded');
const REVIEWS = join(FOLDER, 'reviews');
const RESPONSE = /^(.+)\.response\.(.+)\.json$/;
const answers = existsSync(REVIEWS)
  ? readdirSync(REVIEWS).flatMap((name) => {
      const [, request, revision] = RESPONSE.exec(name) ?? [];
      return request === undefined || revision === undefined
        ? []
        : [{ name: `${request} by ${revision}`, request, revision }];
    })
  : [];

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8'));

function makeInjector(revision: string): Injector {
  const suffix = revision === 'default' ? '' : `-${revision}`;
  const maps = new Map<string, { data: Record<string, string> }>(
    readJson('full', 'configmaps-istio-system.json').items.map((item: { metadata: { name: string } }) => [
      item.metadata.name,
      item,
    ]),
  );
  const injector = maps.get(`istio-sidecar-injector${suffix}`)?.data ?? {};
  const settings = parseInjectorSettings(injector.config ?? '', injector.values ?? '');
  if (!settings.ok) throw new Error(settings.message);
  const release = toRelease(readVersion(JSON.stringify(settings.value.values.global)) ?? '1.31-dev');
  const mesh = parseMeshConfig(maps.get(`istio${suffix}`)?.data.mesh ?? '', release);
  if (!mesh.ok) throw new Error(mesh.message);
  const kubeletVersions = readJson('full', 'nodes.json').items.map(
    (node: { status: { nodeInfo: { kubeletVersion: string } } }) => node.status.nodeInfo.kubeletVersion,
  );
  const nativeSidecars = decideNativeSidecars({ kubeletVersions }, release);
  const made = createInjector({ settings: settings.value, meshConfig: mesh.value, release, revision, nativeSidecars });
  if (!made.ok) throw new Error(made.faults[0]?.text);
  return made.injector;
}

const injectors = new Map<string, Injector>();
const injectorOf = (revision: string): Injector => {
  const known = injectors.get(revision) ?? makeInjector(revision);
  injectors.set(revision, known);
  return known;
};

describe.skipIf(answers.length === 0)(`answers of a real istiod in ${REVIEWS}`, () => {
  it.each(answers)('$name', ({ request: file, revision }) => {
    const { request } = readJson('reviews', `${file}.request.json`);
    const { response } = readJson('reviews', `${file}.response.${revision}.json`);
    const result = injectorOf(revision).injectPod({ pod: request.object, namespace: request.namespace });
    if (response.allowed !== true) {
      const texts = result.kind === 'refused' ? result.reasons.map((reason) => reason.text) : [];
      expect(texts.map(withSortedNames)).toContain(withSortedNames(response.status.message));
      return;
    }
    if (result.kind === 'refused') throw new Error(result.reasons[0].text);
    const real = response.patch === undefined ? [] : JSON.parse(Buffer.from(response.patch, 'base64').toString('utf8'));
    const wanted = typed(jsonPatch.applyPatch(structuredClone(request.object), real).newDocument);
    const patch = result.kind === 'injected' ? structuredClone([...result.patch]) : [];
    expect(typed(jsonPatch.applyPatch(structuredClone(request.object), patch).newDocument)).toEqual(wanted);
  });
});

function typed(pod: JsonObject): JsonObject {
  const decoded = decodeKube('Pod', pod);
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  return decoded.value;
}

/** Go lists the known templates in any order. */
function withSortedNames(text: string): string {
  return text.replace(/(?<=not found; have ).*/, (names) => names.split(', ').sort().join(', '));
}
