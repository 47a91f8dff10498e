import { loadavg } from 'node:os';
import process from 'node:process';
import { DEFAULT_PLANE } from '@/demo/scenarios/control-plane';
import { injectorConfigMap, meshConfigMap } from '@/demo/scenarios/injector-config-map';
import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { type JsonObject, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { openInjector } from '@/lib/core/injection/open-injector';
import { parseInjectorConfig } from '@/lib/core/injection/parse-injector-config';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import { podOfWorkload } from '@/lib/core/injection/pod-of-workload';
import { checkRendering } from '@/lib/core/injection/reality/check-rendering';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import { listWantedChecks, podKey, type WantedCheck } from '@/lib/core/injection/reality/wanted-checks';
import {
  documentRecord,
  injectedPodRecord,
  namespaceRecord,
  ownerOf,
  webhookConfigurationRecord,
  workloadRecord,
} from '@/lib/core/injection/record-builders';
import { type NamespaceSummary, summarizeNamespace } from '@/lib/core/injection/summarize-namespace';
import type { PodRecord } from '@/lib/core/kube/records';
import { TYPICAL_POD } from './inject-pods';

const NAMESPACES = 1_000;
const PODS_EACH = 10;
const LIMIT_MS = 2_000;

const mapText = (map: JsonObject, key: string) => textAt(objectAt(map, 'data'), key);
const toObject = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));
const CONFIG_MAP = toObject(injectorConfigMap(DEFAULT_PLANE));
const MESH_MAP = toObject(meshConfigMap(DEFAULT_PLANE));
const PROXY = 'docker.io/istio/proxyv2:1.30.1';

function openBenchInjector(): Injector {
  const texts = { config: mapText(CONFIG_MAP, 'config'), values: mapText(CONFIG_MAP, 'values') };
  const mesh = mapText(MESH_MAP, 'mesh');
  const opened = openInjector({ ...texts, mesh, revision: 'default', nativeSidecars: true, engine: 'webhook' });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

function readFacts() {
  const record = documentRecord('ConfigMap', 'istio-sidecar-injector', { data: objectAt(CONFIG_MAP, 'data') });
  const parsed = parseInjectorConfig(record);
  if (!parsed.ok) throw new Error(parsed.message);
  return {
    configurations: parseWebhookConfigurations(
      ['default', '1-22', '1-24', '1-26'].map((revision) =>
        webhookConfigurationRecord(`hook-${revision}`, { revision }),
      ),
    ),
    injectors: new Map([['default', parsed.value]]),
  };
}

/** A namespace with one Deployment of ten pods, all of them injected. */
function contentsOf(index: number) {
  const name = `team-${index}`;
  const deployment = workloadRecord('Deployment', 'web', { namespace: name, uid: `d-${index}`, replicas: PODS_EACH });
  const replicaSet = workloadRecord('ReplicaSet', 'web-5f', {
    namespace: name,
    uid: `r-${index}`,
    replicas: PODS_EACH,
    owner: ownerOf(deployment),
  });
  const owner = ownerOf(replicaSet);
  const pods = Array.from({ length: PODS_EACH }, (_, pod): PodRecord => {
    const over = { name: `web-5f-${pod}`, namespace: name, uid: `p-${index}-${pod}`, owner, sidecarPrint: 'same' };
    return injectedPodRecord(over, 'default', PROXY);
  });
  const namespace = namespaceRecord(name, { 'istio-injection': 'enabled' });
  return { name, namespace, workloads: [deployment, replicaSet], pods, events: [] };
}

/** The objects that an API server would give for a namespace: its ReplicaSet, and one of the pods as it runs. */
function objectsOf(injector: Injector, index: number) {
  const { metadata, spec } = TYPICAL_POD;
  const object = toObject({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `web-5f`, namespace: `team-${index}` },
    spec: { template: { metadata: { labels: { ...metadata.labels, team: `t${index}` } }, spec } },
  });
  const kind = { kind: 'ReplicaSet', struct: 'ReplicaSet', ...PLACES, hasOptionalTemplate: false };
  const made = injector.injectPod({ pod: podOfWorkload(kind, object), namespace: `team-${index}` });
  if (made.kind !== 'injected') throw new Error(made.kind);
  return { maker: { kind: 'ReplicaSet', object }, running: made.pod };
}

const PLACES = { metadata: ['spec', 'template', 'metadata'], spec: ['spec', 'template', 'spec'] };

function cpuOf<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

const injector = openBenchInjector();
const FACTS = readFacts();
const all = Array.from({ length: NAMESPACES }, (_, index) => contentsOf(index));
const objects = new Map(all.map(({ name }, index) => [name, objectsOf(injector, index)]));
const checks = new Map<string, RenderingCheck>();
const renderings = { ofPod: (pod: PodRecord) => checks.get(podKey(pod)), ofNext: () => undefined };
const judge = (contents: (typeof all)[number]) => summarizeNamespace(contents, FACTS, renderings);
const wantedOf = ({ workloads }: NamespaceSummary) =>
  workloads.flatMap((verdict: WorkloadVerdict) => listWantedChecks(verdict));
const check = ({ key, namespace }: WantedCheck) => {
  const found = objects.get(namespace);
  if (found !== undefined) checks.set(key, checkRendering(injector, { ...found, namespace, namespaceAnnotations: {} }));
};

const judged = cpuOf(() => all.map(judge));
const wanted = judged.result.flatMap(wantedOf);
const rendered = cpuOf(() => wanted.forEach(check));
const again = cpuOf(() => all.map(judge));
const one = cpuOf(() => {
  const [first] = all;
  if (first !== undefined) wantedOf(judge(first)).forEach(check);
});
const pods = again.result.reduce((sum, { counts }) => sum + counts.total, 0);
const same = [...checks.values()].filter(({ kind }) => kind === 'same').length;
const total = judged.ms + rendered.ms + again.ms;
const say = (line: string) => void process.stdout.write(`${line}\n`);
say(
  `${pods} pods in ${NAMESPACES} namespaces, ${wanted.length} templates rendered (${same} same), load ${loadavg()[0]?.toFixed(1)}`,
);
say(`  judged from their records        ${judged.ms.toFixed(0)} ms of CPU`);
say(`  rendered and compared            ${rendered.ms.toFixed(0)} ms (in the rendering thread)`);
say(`  judged again with what came out  ${again.ms.toFixed(0)} ms`);
say(`  in all                           ${total.toFixed(0)} ms`);
say(`  after a change in one namespace  ${one.ms.toFixed(1)} ms`);
if (total > LIMIT_MS) process.exitCode = 1;
