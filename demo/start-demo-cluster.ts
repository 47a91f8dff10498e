import { createAuthority } from '@/demo/certificates/create-authority';
import { kubernetesContents, type NamespaceContents } from '@/demo/controllers/namespace-contents-controller';
import { createPodPlugins } from '@/demo/controllers/pod-plugins';
import { startControllers } from '@/demo/controllers/start-controllers';
import { type ClusterClock, createClusterClock } from '@/demo/scenarios/cluster-clock';
import { ClusterInjectors } from '@/demo/scenarios/cluster-injectors';
import {
  BROKEN_PLANE,
  type ControlPlane,
  DEFAULT_PLANE,
  istiodName,
  MISSION_PLANE,
  revisionOf,
} from '@/demo/scenarios/control-plane';
import { createDemoSeeder } from '@/demo/scenarios/demo-seeder';
import { readDemoLog } from '@/demo/scenarios/pod-logs';
import type { ScenarioName } from '@/demo/scenarios/scenario';
import { seedScenario, TEAM_NAMESPACES } from '@/demo/scenarios/seed-scenario';
import { type Admission, createAdmission } from '@/demo/server/admission';
import { ensureBootstrapRights } from '@/demo/server/bootstrap-rights';
import { adminUser, tokenUser } from '@/demo/server/demo-users';
import { KINDS } from '@/demo/server/kinds';
import { type ApiServer, startApiServer } from '@/demo/server/start-api-server';
import { createStore, type Store } from '@/demo/server/store';
import { startWebhookServer, type WebhookMode, type WebhookServer } from '@/demo/webhook/start-webhook-server';
import { CONTEXTS, writeKubeconfig } from '@/demo/write-kubeconfig';

export { SCENARIOS } from '@/demo/scenarios/scenario';
export { TEAM_NAMESPACES } from '@/demo/scenarios/seed-scenario';

export interface DemoClusterOptions {
  /** Port of the API server; any free one when 0 or none. */
  readonly port?: number;
  /** `all` when none is named. */
  readonly scenario?: ScenarioName;
  /** Namespaces made for load, beside the scenario. */
  readonly scale?: number;
  readonly podsPerNamespace?: number;
  /** How long a pod takes from its node to ready. */
  readonly readyDelayMs?: number;
  /** Where the kubeconfig goes; a new folder under the system's temporary one when none. */
  readonly dataDir?: string;
  /** How the injection servers behave from the start. */
  readonly injection?: WebhookMode;
}

export interface DemoCluster {
  readonly apiServer: ApiServer;
  readonly store: Store;
  /** One file, contexts `demo` (admin, current), `demo-viewer` and `demo-team`. */
  readonly kubeconfigPath: string;
  readonly contexts: typeof CONTEXTS;
  /** Injection servers by revision. */
  readonly webhooks: ReadonlyMap<string, WebhookServer>;
  /** Sets how every injection server behaves. */
  setInjection(mode: WebhookMode): Promise<void>;
  stop(): Promise<void>;
}

const PLANES: readonly ControlPlane[] = [DEFAULT_PLANE, MISSION_PLANE, BROKEN_PLANE];

/** Starts the whole demo cluster on loopback: API server, controllers, injection servers, and a scenario in mid-life. */
export async function startDemoCluster(options: DemoClusterOptions = {}): Promise<DemoCluster> {
  const authority = await createAuthority();
  const clock = createClusterClock();
  const store = createStore(KINDS, { now: clock.now });
  const injectors = new ClusterInjectors(store);
  const webhooks = new Map<string, WebhookServer>();
  for (const plane of PLANES.filter((candidate) => candidate.isServing)) {
    const server = await startWebhookServer(authority, istiodName(plane), (name) => injectors.of(name));
    webhooks.set(revisionOf(plane), server);
  }
  const admission = createAdmission({
    store,
    podPlugins: createPodPlugins(store),
    resolveService: (namespace, name) => (namespace === 'istio-system' ? addressOf(webhooks, store, name) : undefined),
  });
  const contents = namespaceContents(authority.certificatePem);
  await seed({ store, injectors, admission, clock, contents, caPem: authority.certificatePem }, options);
  const controllers = startControllers({
    store,
    create: (resource, object) =>
      admission.createWithAdmission(resource, object, { manager: 'kube-controller-manager' }),
    namespaceContents: contents,
    ...(options.readyDelayMs === undefined ? {} : { readyDelayMs: options.readyDelayMs }),
  });
  const apiServer = await startApiServer({
    store,
    admission,
    authority,
    port: options.port ?? 0,
    users: [adminUser(), tokenUser('viewer'), tokenUser('team')],
    readPodLog: readDemoLog,
  });
  const setInjection = async (mode: WebhookMode) => {
    for (const server of webhooks.values()) await server.setMode(mode);
  };
  if (options.injection !== undefined) await setInjection(options.injection);
  return {
    apiServer,
    store,
    kubeconfigPath: await writeKubeconfig(apiServer, options.dataDir, teamNamespace(store)),
    contexts: CONTEXTS,
    webhooks,
    setInjection,
    stop: async () => {
      await controllers.stop();
      await apiServer.stop();
      for (const server of webhooks.values()) await server.stop();
    },
  };
}

/** The first of the team's namespaces that the scenario has. */
function teamNamespace(store: Store): string {
  const there = TEAM_NAMESPACES.find((name) => store.get('namespaces', { name }) !== undefined);
  return there ?? 'default';
}

/** An injector answers only while its istiod has a pod. */
function addressOf(
  webhooks: ReadonlyMap<string, WebhookServer>,
  store: Store,
  serviceName: string,
): string | undefined {
  const plane = PLANES.find((candidate) => istiodName(candidate) === serviceName);
  if (plane === undefined) return undefined;
  const endpoints = store.get('endpoints', { name: serviceName, namespace: 'istio-system' });
  const hasPod = endpoints === undefined || JSON.stringify(endpoints.subsets ?? []).includes('"addresses"');
  return hasPod ? webhooks.get(revisionOf(plane))?.address : undefined;
}

function namespaceContents(caPem: string): NamespaceContents[] {
  const metadata = { name: 'istio-ca-root-cert', labels: { 'istio.io/config': 'true' } };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'root-cert.pem': caPem } };
  const except = new Set(['kube-public', 'kube-node-lease']);
  return [...kubernetesContents(caPem), { resource: 'configmaps', object, except, manager: 'pilot-discovery' }];
}

interface SeedInput {
  readonly store: Store;
  readonly injectors: ClusterInjectors;
  readonly admission: Admission;
  readonly clock: ClusterClock;
  readonly contents: readonly NamespaceContents[];
  readonly caPem: string;
}

async function seed(
  { store, injectors, admission, clock, contents, caPem }: SeedInput,
  options: DemoClusterOptions,
): Promise<void> {
  const caBundle = Buffer.from(caPem).toString('base64');
  const seeder = createDemoSeeder({ store, admission, clock, namespaceContents: contents, injectors, caBundle });
  const scale = { namespaces: options.scale ?? 0, podsPerNamespace: options.podsPerNamespace ?? 10 };
  clock.setBack('210d');
  ensureBootstrapRights(store);
  await seedScenario(seeder, options.scenario ?? 'all', scale);
  clock.run();
}
