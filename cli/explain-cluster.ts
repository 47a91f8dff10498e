import { isClusterError } from '@/lib/cluster/cluster-error';
import { listPath } from '@/lib/cluster/discovery';
import { isJson, type Json } from '@/lib/cluster/json-fields';
import { listPages } from '@/lib/cluster/list-pages';
import { Interner } from '@/lib/cluster/projections/interner';
import { readInjector } from '@/lib/cluster/read-injector';
import { readProxyConfigs } from '@/lib/cluster/read-proxy-configs';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId, RecordOf } from '@/lib/cluster/watched-kind';
import { WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import { WORKLOAD_KINDS } from '@/lib/cluster/workload-kinds.data';
import { decideNative } from '@/lib/core/injection/decide-native';
import { type ControlPlane, listControlPlanes } from '@/lib/core/injection/list-control-planes';
import type { InjectionFacts } from '@/lib/core/injection/namespace-context';
import type { InjectorTexts } from '@/lib/core/injection/open-injector';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import type { NamespaceContents } from '@/lib/core/injection/summarize-namespace';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { InputError } from './command';
import { settingsOf } from './explain-sources';

const ISTIO_NAMESPACE = 'istio-system';
export interface ClusterFacts {
  readonly facts: InjectionFacts;
  readonly controlPlanes: readonly ControlPlane[];
  /** Of the revisions whose injector could be read. */
  readonly texts: ReadonlyMap<string, InjectorTexts>;
}

/** Lists a kind once; undefined where it may not be read or the cluster does not have it. */
async function list<Id extends KindId>(
  { transport, discovery }: ClusterSession,
  id: Id,
  namespace?: string,
): Promise<readonly RecordOf[Id][] | undefined> {
  const { group, versions, plural, pageSize, project } = WATCHED_KINDS[id];
  const interner = new Interner();
  try {
    const version = group === '' ? 'v1' : await discovery.servedVersion(group, versions, plural);
    if (version === undefined) return undefined;
    const path = listPath(group, version, plural, namespace);
    return (await listPages(transport, { path, pageSize, project: (object) => project(object, interner) })).items;
  } catch (error) {
    if (isClusterError(error) && (error.code === 'forbidden' || error.code === 'not-found')) return undefined;
    throw error;
  }
}

/** Of several namespaces; undefined where one of them may not be read. */
async function listIn<Id extends KindId>(
  session: ClusterSession,
  id: Id,
  namespaces: ReadonlySet<string>,
): Promise<readonly RecordOf[Id][] | undefined> {
  const all: RecordOf[Id][] = [];
  for (const namespace of namespaces) {
    const items = await list(session, id, namespace);
    if (items === undefined) return undefined;
    all.push(...items);
  }
  return all;
}

/** Reads what decides about injection in a cluster: webhooks, injectors, and what stands behind them. */
export async function readClusterFacts(session: ClusterSession): Promise<ClusterFacts> {
  const records = await list(session, 'mutatingwebhookconfigurations');
  const configurations = records && parseWebhookConfigurations(records);
  const namespaces = new Set(
    (configurations ?? []).flatMap(({ webhooks }) =>
      webhooks.map(({ target }) => (target.kind === 'service' ? target.namespace : ISTIO_NAMESPACE)),
    ),
  );
  const [deployments, pods, services, endpointSlices] = await Promise.all([
    listIn(session, 'deployments', namespaces),
    listIn(session, 'pods', namespaces),
    listIn(session, 'services', namespaces),
    listIn(session, 'endpointslices', namespaces),
  ]);
  const controlPlanes = listControlPlanes({
    configurations,
    deployments,
    pods: pods ?? [],
    services,
    ...(endpointSlices === undefined ? {} : { endpointSlices }),
  });
  const texts = await readTexts(session, controlPlanes);
  const injectors = new Map([...texts].map(([revision, each]) => [revision, settingsOf(each, revision)]));
  return { facts: { configurations, injectors }, controlPlanes, texts };
}

async function readTexts(session: ClusterSession, planes: readonly ControlPlane[]) {
  const signal = AbortSignal.timeout(30_000);
  const proxyConfigs = await readProxyConfigs(session, 'all', signal).catch(() => []);
  const proxyConfigResources = proxyConfigs.map(({ namespace, spec }) => ({ namespace, spec: JSON.parse(spec) }));
  const read = await Promise.all(
    planes.map(async ({ revision, namespace }): Promise<readonly (readonly [string, InjectorTexts])[]> => {
      try {
        const found = await readInjector(session, revision, namespace === '' ? ISTIO_NAMESPACE : namespace);
        const { config, values, mesh, istiodEnv, kubeletVersions } = found;
        const nativeSidecars = decideNative({ values, istiodEnv, kubeletVersions });
        const texts = { config, values, mesh, revision, istiodEnv, nativeSidecars, proxyConfigResources };
        return [[revision, { ...texts, engine: 'webhook' }]];
      } catch (error) {
        // Without its settings an injector is taken for one that nobody touched.
        if (isClusterError(error)) return [];
        throw error;
      }
    }),
  );
  return new Map(read.flat());
}

/** Reads a namespace by name; undefined where it may not be read. Throws an InputError where there is none. */
export async function readNamespace(session: ClusterSession, name: string): Promise<NamespaceRecord | undefined> {
  try {
    // Its label's last change is in the field managers, which `readObject` drops.
    const object = await session.transport.requestJson({ path: `/api/v1/namespaces/${encodeURIComponent(name)}` });
    return WATCHED_KINDS.namespaces.project(toJson(object), new Interner());
  } catch (error) {
    if (!isClusterError(error)) throw error;
    if (error.code === 'forbidden') return undefined;
    throw new InputError(error.code === 'not-found' ? `there is no namespace "${name}"` : error.message);
  }
}

/** Everything in a namespace that its verdicts need. */
export async function readContents(session: ClusterSession, name: string): Promise<NamespaceContents> {
  const [namespace, pods, events, ...workloads] = await Promise.all([
    readNamespace(session, name),
    list(session, 'pods', name),
    list(session, 'events', name),
    ...WORKLOAD_KINDS.map((id) => list(session, id, name)),
  ]);
  return {
    name,
    namespace,
    pods: pods ?? [],
    events: events ?? [],
    workloads: workloads.flatMap((some) => some ?? []),
  };
}

function toJson(value: unknown): Json {
  return isJson(value) ? value : {};
}
