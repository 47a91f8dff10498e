import { DEFAULT_PLANE, MISSION_PLANE, revisionOf } from '@/demo/scenarios/control-plane';
import type { ScenarioName } from '@/demo/scenarios/scenario';
import { HOST, readAddresses } from './addresses';
import { buildPrograms } from './build-programs';
import { credentialFiles } from './credentials';
import { defineGatewayApi } from './define-gateway-api';
import { runFolder } from './folders';
import { IstioPlanes } from './istio-planes';
import { emptyFolder, takeOwnership } from './own-folder';
import { endLeftovers, type Program } from './program';
import { applyScenario } from './scenarios/apply-scenario';
import { planeOptions } from './scenarios/real-planes';
import { startKubernetes } from './start-kubernetes';

export interface TestbedOptions {
  /** Clusters of different names do not meet: each has its own data, ports and certificates. */
  readonly name?: string;
  /** Forgets what the cluster of this name held. */
  readonly isFresh?: boolean;
  /** Two real istiods (revisions `default` and `1-10-2`) and the tag `prod`. */
  readonly withIstio?: boolean;
  /** How long a pod takes from its node to ready. */
  readonly readyDelayMs?: number;
  readonly nodes?: number;
  /** What the cluster is to hold; rights of the users only when none is named. */
  readonly scenario?: ScenarioName;
  /** Namespaces made for load, beside the scenario, with one Deployment each. */
  readonly scale?: number;
  readonly podsPerNamespace?: number;
  /** Gets lines of progress. */
  readonly say?: (line: string) => void;
}

export interface Testbed {
  readonly name: string;
  /** Of the API server. */
  readonly url: string;
  readonly folder: string;
  /** Of the built programs: kubectl, istioctl, pilot-agent and the others. */
  readonly programsFolder: string;
  readonly kubeconfigs: { readonly admin: string; readonly viewer: string; readonly team: string };
  readonly apiServer: Program;
  readonly istio: IstioPlanes;
  /** Makes etcd forget all but the present state; returns its revision. */
  compact(): Promise<number>;
  /** A new authority, server certificate and kubeconfigs; everything but istiod starts again with them. */
  replaceAuthority(): Promise<void>;
  stop(): Promise<void>;
}

const TAG = 'prod';
const READY_MS = 300;
const STOP_MS = 300;

/**
 * Builds the real programs if need be, and starts a whole cluster of them on loopback.
 *
 * Processes that a crashed run of the same name left behind are ended first. Throws a `TestbedError` that says in
 * one line why it cannot run here.
 */
export async function startTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  const { name = 'testbed', isFresh = false, say = () => undefined } = options;
  const programs = await buildPrograms(say);
  const folder = runFolder(name);
  await takeOwnership(folder);
  const left = await endLeftovers(folder);
  if (left.length > 0) say(`Ended what an earlier run left behind: ${left.join(', ')}.`);
  if (isFresh) await emptyFolder(folder);
  const addresses = await readAddresses(folder);
  say('› kube-apiserver, etcd, controllers, scheduler, nodes …');
  const times = { readyMs: options.readyDelayMs ?? READY_MS, stopMs: STOP_MS };
  const kubernetes = await startKubernetes({ programs, folder, addresses, times, nodes: options.nodes ?? 3 });
  const url = `https://${HOST}:${addresses.ports.apiServer}`;
  const istio = new IstioPlanes({ folder, programs, url });
  const stop = async () => {
    await istio.close();
    await kubernetes.stop();
  };
  const files = credentialFiles(folder);
  const withIstio = options.withIstio ?? false;
  try {
    if (withIstio) {
      await defineGatewayApi(files.kubeconfig('admin'), programs);
      await startIstio(istio, say);
    }
    const target = { kubeconfigPath: files.kubeconfig('admin'), ...(withIstio ? { installer: istio } : {}) };
    const scale = { namespaces: options.scale ?? 0, podsPerNamespace: options.podsPerNamespace ?? 10 };
    await applyScenario(target, options.scenario ?? 'empty', scale, say);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name,
    url,
    folder,
    programsFolder: programs,
    kubeconfigs: {
      admin: files.kubeconfig('admin'),
      viewer: files.kubeconfig('viewer'),
      team: files.kubeconfig('team'),
    },
    apiServer: kubernetes.programs['kube-apiserver'],
    istio,
    compact: kubernetes.compact,
    replaceAuthority: kubernetes.replaceAuthority,
    stop,
  };
}

async function startIstio(istio: IstioPlanes, say: (line: string) => void): Promise<void> {
  for (const plane of [DEFAULT_PLANE, MISSION_PLANE]) {
    const revision = revisionOf(plane);
    const isInstalled = await istio.isInstalled(revision);
    say(`› istiod, revision ${revision}${isInstalled ? '' : ' (installing)'} …`);
    if (!isInstalled) await istio.install(revision, planeOptions(plane));
    await istio.start(revision);
    if (plane === MISSION_PLANE && !isInstalled) await istio.setTag(TAG, revision);
  }
}
