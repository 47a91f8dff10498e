import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInjector, type Injector } from '@/lib/core/injection/engine/create-injector';
import { parseInjectorSettings } from '@/lib/core/injection/engine/injector-settings';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { parseMeshConfig } from '@/lib/core/injection/engine/mesh-config';
import { toRelease } from '@/lib/core/injection/engine/release';

export const GOLDENS = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'goldens');

/** One recorded injection, as the README of the goldens describes it. */
export interface GoldenVector {
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

const readText = (...path: string[]) => readFileSync(join(GOLDENS, ...path), 'utf8');
const readJson = (...path: string[]) => JSON.parse(readText(...path));

/** The releases that have goldens; empty where the folder is missing. */
export function goldenReleases(): readonly string[] {
  return existsSync(GOLDENS) ? readdirSync(GOLDENS).filter((name) => !name.includes('.md')) : [];
}

/** The goldens of one release, and the injector that each was made by. */
export function openGoldens(name: string) {
  const file: ReleaseFile = readJson(name, 'release.json');
  const release = toRelease(file.release, { switches: file.switches, builtinProxyConfig: file.builtinProxyConfig });
  const texts = new Map<string, { config: string; values: string; mesh: string }>();
  const injectors = new Map<string, Injector>();

  const textsOfConfig = (hash: string) => {
    const known = texts.get(hash);
    if (known !== undefined) return known;
    const folder = join(name, 'config', hash);
    const templates = readdirSync(join(GOLDENS, folder, 'templates')).map((template) => [
      template.replace(/\.yaml$/, ''),
      readText(folder, 'templates', template),
    ]);
    const config = JSON.stringify({ ...readJson(folder, 'config.json'), templates: Object.fromEntries(templates) });
    const made = { config, values: readText(folder, 'values.json'), mesh: readText(folder, 'mesh.yaml') };
    texts.set(hash, made);
    return made;
  };

  const injectorFor = (vector: GoldenVector): Injector => {
    const istiodEnv = {
      ...vector.istiodEnv,
      ...(vector.compliancePolicy !== '' && { COMPLIANCE_POLICY: vector.compliancePolicy }),
      ...(vector.platform !== '' && { PLATFORM: vector.platform }),
    };
    const { config: hash, revision, nativeSidecars, proxyConfigResources } = vector;
    const key = JSON.stringify([hash, istiodEnv, revision, nativeSidecars, proxyConfigResources]);
    const known = injectors.get(key);
    if (known !== undefined) return known;
    const { config, values, mesh } = textsOfConfig(hash);
    const settings = parseInjectorSettings(config, values);
    const meshConfig = parseMeshConfig(mesh, release);
    if (!settings.ok) throw new Error(settings.message);
    if (!meshConfig.ok) throw new Error(meshConfig.message);
    const parsed = { settings: settings.value, meshConfig: meshConfig.value };
    const made = createInjector({ ...parsed, release, revision, nativeSidecars, istiodEnv, proxyConfigResources });
    if (!made.ok) throw new Error(made.faults.map((fault) => fault.text).join('\n'));
    injectors.set(key, made.injector);
    return made.injector;
  };

  return {
    file,
    release,
    injectorFor,
    cases: readdirSync(join(GOLDENS, name, 'cases')).map((path) => path.replace(/\.json$/, '')),
    read: (vector: string): GoldenVector => readJson(name, 'cases', `${vector}.json`),
  };
}
