import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DEFAULT_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import { isObject, type JsonObject, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { parsePlainYaml } from '@/lib/core/injection/engine/kube-yaml';
import { type InjectorTexts, openInjector } from '@/lib/core/injection/open-injector';
import { TYPICAL_POD } from './inject-pods';
import { type InjectorTimes, measureEngine } from './measure-injectors';

const GOLDENS = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'goldens');

export interface EngineFigures {
  readonly what: string;
  readonly engine: InjectorTimes;
}

/** What needs no cluster: the typical pod with the demo's injector, and the largest pod of the recorded goldens where they lie. */
export function measureAlone(count: number): EngineFigures[] {
  const figures = [measure('typical pod, the demo’s injector', TYPICAL_POD, demoTexts(), count)];
  const largest = findLargestGolden();
  if (largest === undefined) return figures;
  const { release, vector } = largest;
  const typical = measure(`typical pod, injector of ${release}`, TYPICAL_POD, goldenTexts(release, vector), count);
  return [
    ...figures,
    typical,
    measure(`largest golden, ${vector.name}`, podOf(vector), goldenTexts(release, vector), count),
  ];
}

function measure(what: string, pod: JsonObject, texts: InjectorTexts, count: number): EngineFigures {
  const opened = openInjector(texts);
  if (!opened.ok) throw new Error(`${what}: ${opened.message}`);
  return { what, engine: measureEngine(opened.value, pod, count) };
}

function demoTexts(): InjectorTexts {
  const data = objectAt(asObject(injectorConfigMap(DEFAULT_PLANE)), 'data');
  const mesh = textAt(objectAt(asObject(meshConfigMap(DEFAULT_PLANE)), 'data'), 'mesh');
  const [config, values] = [textAt(data, 'config'), textAt(data, 'values')];
  return { config, values, mesh, revision: 'default', engine: 'webhook', istiodEnv: {}, nativeSidecars: true };
}

function asObject(value: unknown): JsonObject {
  const parsed = JSON.parse(JSON.stringify(value));
  if (!isObject(parsed)) throw new Error('not an object');
  return parsed;
}

interface Golden {
  readonly name: string;
  readonly config: string;
  readonly revision: string;
  readonly nativeSidecars: boolean;
  readonly istiodEnv: Readonly<Record<string, string>>;
  readonly input: string;
}

function findLargestGolden(): { readonly release: string; readonly vector: Golden } | undefined {
  if (!existsSync(GOLDENS)) return undefined;
  const releases = readdirSync(GOLDENS).filter((name) => !name.endsWith('.md'));
  const cases = releases.flatMap((release) =>
    readdirSync(join(GOLDENS, release, 'cases'))
      .filter((name) => name.endsWith('.webhook.json'))
      .map((name) => ({ release, path: join(GOLDENS, release, 'cases', name) })),
  );
  const [largest] = cases.sort((one, two) => statSync(two.path).size - statSync(one.path).size);
  return largest && { release: largest.release, vector: JSON.parse(readFileSync(largest.path, 'utf8')) };
}

function goldenTexts(release: string, { config, revision, nativeSidecars, istiodEnv }: Golden): InjectorTexts {
  const read = (...names: string[]) => readFileSync(join(GOLDENS, release, 'config', config, ...names), 'utf8');
  const names = readdirSync(join(GOLDENS, release, 'config', config, 'templates'));
  const templates = Object.fromEntries(names.map((name) => [name.replace(/\.yaml$/, ''), read('templates', name)]));
  const settings = { ...JSON.parse(read('config.json')), templates };
  return {
    config: JSON.stringify(settings),
    values: read('values.json'),
    mesh: read('mesh.yaml'),
    revision,
    version: release,
    engine: 'webhook',
    istiodEnv,
    nativeSidecars,
  };
}

function podOf({ name, input }: Golden): JsonObject {
  const parsed = parsePlainYaml(input);
  if (!parsed.ok || !isObject(parsed.value)) throw new Error(`${name} holds no pod`);
  return parsed.value;
}
