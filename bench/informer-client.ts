import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  AdmissionregistrationV1Api,
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  DiscoveryV1Api,
  KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  ListWatch,
  Watch,
} from '@kubernetes/client-node';
import { listPath } from '@/lib/cluster/discovery';
import type { KindId } from '@/lib/cluster/watched-kind';
import { KIND_IDS, WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';

type List = (fieldSelector: string | undefined) => Promise<KubernetesListObject<KubernetesObject>>;

/** What the process prints once every list is in and every watch is open. */
export interface InformerFacts {
  readonly objects: number;
  readonly longestStallMs: number;
}

const LOOP_RESOLUTION_MS = 10;

/** The list call of each built-in kind, as the client's own examples make it: one request for all. */
function typedLists(config: KubeConfig): Partial<Record<KindId, List>> {
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  const discovery = config.makeApiClient(DiscoveryV1Api);
  const admission = config.makeApiClient(AdmissionregistrationV1Api);
  return {
    namespaces: () => core.listNamespace(),
    pods: () => core.listPodForAllNamespaces(),
    deployments: () => apps.listDeploymentForAllNamespaces(),
    replicasets: () => apps.listReplicaSetForAllNamespaces(),
    statefulsets: () => apps.listStatefulSetForAllNamespaces(),
    daemonsets: () => apps.listDaemonSetForAllNamespaces(),
    jobs: () => batch.listJobForAllNamespaces(),
    cronjobs: () => batch.listCronJobForAllNamespaces(),
    replicationcontrollers: () => core.listReplicationControllerForAllNamespaces(),
    services: () => core.listServiceForAllNamespaces(),
    endpointslices: () => discovery.listEndpointSliceForAllNamespaces(),
    mutatingwebhookconfigurations: () => admission.listMutatingWebhookConfiguration(),
    events: (fieldSelector) => core.listEventForAllNamespaces(fieldSelector === undefined ? {} : { fieldSelector }),
    configmaps: () => core.listConfigMapForAllNamespaces(),
    nodes: () => core.listNode(),
  };
}

/** The version of a kind that the cluster serves; undefined where it does not have the kind. */
async function servedVersion(custom: CustomObjectsApi, id: KindId): Promise<string | undefined> {
  const { group, versions, plural } = WATCHED_KINDS[id];
  for (const version of versions) {
    const answer = await custom.listClusterCustomObject({ group, version, plural, limit: 1 }).catch(() => undefined);
    if (answer !== undefined) return version;
  }
  return undefined;
}

/**
 * A client that holds what the dashboard holds, through client-node's informers: the same kinds, listed and watched,
 * whole objects kept. It prints its facts when all are in, and runs until it is asked to end.
 */
export async function runInformerClient(kubeconfigPath: string): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  delay.enable();
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const custom = config.makeApiClient(CustomObjectsApi);
  const typed = typedLists(config);
  const started = await Promise.all(
    KIND_IDS.map(async (id) => {
      const { group, plural, versions, fieldSelector } = WATCHED_KINDS[id];
      const list = typed[id];
      const version = list === undefined ? await servedVersion(custom, id) : versions[0];
      if (version === undefined) return undefined;
      const listAll: List = list ?? (() => custom.listClusterCustomObject({ group, version, plural }));
      const path = listPath(group, version, plural);
      const read = () => listAll(fieldSelector);
      // What makeInformer returns, which has no parameter for a field selector.
      const informer = new ListWatch(path, new Watch(config), read, false, undefined, fieldSelector);
      informer.on('error', (error) => {
        throw new Error(`${id}: ${String(error)}`);
      });
      await informer.start();
      return informer;
    }),
  );
  const informers = started.filter((informer) => informer !== undefined);
  const facts: InformerFacts = {
    objects: informers.reduce((sum, informer) => sum + informer.list().length, 0),
    longestStallMs: Math.max(0, delay.max / 1e6 - LOOP_RESOLUTION_MS),
  };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  process.once('SIGTERM', () => process.exit(0));
}
