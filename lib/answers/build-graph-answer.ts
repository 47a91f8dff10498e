import 'server-only';
import type { GraphAnswer } from '@/lib/api/graph';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { linkMesh, type MeshLinks, selectMeshGraph } from '@/lib/core/graph/build-mesh-graph';
import type { InjectionOf, NodeVerdict } from '@/lib/core/graph/build-node';
import { collapseNamespaces, MAX_DRAWN_NODES } from '@/lib/core/graph/collapse-namespaces';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { isSameMesh, type MeshWorkload, nodeId, toMeshWorkload } from '@/lib/core/graph/list-workloads';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { rememberEach } from '@/lib/core/remember-each';
import { answerMeta } from './answer-meta';
import { type InjectionModel, modelOf } from './injection-model';
import { KeptAnswers } from './kept-answers';

/** Kinds that are joined as they are; workloads come as the model has resolved them. */
const READ: readonly KindId[] = [
  'services',
  'gateways.networking.istio.io',
  'virtualservices.networking.istio.io',
  'destinationrules.networking.istio.io',
  'serviceentries.networking.istio.io',
  'gateways.gateway.networking.k8s.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
];

/** Which lists a reference is looked up in; only where all can be read may the graph say that something is absent. */
const LOOKED_UP_IN: Readonly<Record<string, readonly KindId[]>> = {
  Service: ['services', 'serviceentries.networking.istio.io'],
  Gateway: ['gateways.networking.istio.io', 'gateways.gateway.networking.k8s.io'],
  Subset: ['destinationrules.networking.istio.io'],
  VirtualService: ['virtualservices.networking.istio.io'],
};

const NOTHING: MeshGraph = { nodes: [], edges: [], boxes: [] };

const answers = new KeptAnswers<GraphAnswer>();

/** The mesh graph of the namespaces that `namespaces` names, parted by commas; of all when it is empty. */
export function buildGraphAnswer(session: ClusterSession, namespaces: string): Promise<GraphAnswer> {
  return answers.get(session, namespaces, () => drawGraph(session, namespaces));
}

async function drawGraph(session: ClusterSession, namespaces: string): Promise<GraphAnswer> {
  const model = modelOf(session);
  await model.warm();
  const names = [...model.names()].sort();
  const known = new Set(names);
  const asked = [...new Set(namespaces.split(',').filter((name) => name !== ''))];
  const chosen = asked.filter((name) => known.has(name));
  const isNothing = asked.length > 0 && chosen.length === 0;
  const links = linksOf(session);
  // With 1,000 namespaces joining them takes some 100 ms; other requests come in between.
  await new Promise((resolve) => setImmediate(resolve));
  const graph = isNothing ? NOTHING : selectMeshGraph(links, chosen, verdictLookup(model));
  const isCollapsed = graph.nodes.length > MAX_DRAWN_NODES;
  return {
    namespaces: names,
    chosen,
    unknown: asked.filter((name) => !known.has(name)),
    isCollapsed,
    objects: graph.nodes.length,
    graph: isCollapsed ? collapseNamespaces(graph) : graph,
    meta: answerMeta(session),
  };
}

interface KeptLinks {
  readonly key: string;
  readonly workloads: ReadonlyMap<string, readonly MeshWorkload[]>;
  readonly links: MeshLinks;
}

const kept = new WeakMap<ClusterSession, KeptLinks>();
const meshWorkloadsOf = rememberEach(({ workloads }: NamespaceSummary) =>
  workloads.map(({ workload }) => toMeshWorkload(workload)),
);

/** The joined objects of the whole cluster, made anew only when one of them changed in a way that joins it differently. */
function linksOf(session: ClusterSession): MeshLinks {
  const { store } = session;
  const key = store.etag(READ);
  const known = kept.get(session);
  const workloads = new Map(
    modelOf(session)
      .all()
      .map((summary) => [summary.name, meshWorkloadsOf(summary)]),
  );
  if (known?.key === key && isSameEverywhere(known.workloads, workloads)) return known.links;
  const links = linkMesh(
    {
      services: store.list('services'),
      workloads: [...workloads.values()].flat(),
      istioGateways: store.list('gateways.networking.istio.io'),
      virtualServices: store.list('virtualservices.networking.istio.io'),
      destinationRules: store.list('destinationrules.networking.istio.io'),
      serviceEntries: store.list('serviceentries.networking.istio.io'),
      apiGateways: store.list('gateways.gateway.networking.k8s.io'),
      httpRoutes: store.list('httproutes.gateway.networking.k8s.io'),
      grpcRoutes: store.list('grpcroutes.gateway.networking.k8s.io'),
    },
    (kind, namespace) => (LOOKED_UP_IN[kind] ?? []).every((id) => canRead(session, id, namespace)),
  );
  kept.set(session, { key, workloads, links });
  return links;
}

/** Pods come, go and become ready all the time; the graph asks only for their labels. */
function isSameEverywhere(before: KeptLinks['workloads'], after: KeptLinks['workloads']): boolean {
  if (before.size !== after.size) return false;
  return [...after].every(([name, workloads]) => {
    const known = before.get(name);
    return known === workloads || (known !== undefined && isSameMesh(known, workloads));
  });
}

function canRead({ store }: ClusterSession, id: KindId, namespace: string): boolean {
  const { status, reason, namespaces } = store.state(id);
  if (status === 'live' || status === 'stale' || reason === 'absent') return true;
  return namespaces?.includes(namespace) ?? false;
}

function verdictLookup(model: InjectionModel): InjectionOf {
  const byNamespace = new Map<string, ReadonlyMap<string, NodeVerdict>>();
  return ({ namespace, kind, name }) => {
    const verdicts =
      byNamespace.get(namespace) ??
      new Map(
        model
          .namespace(namespace)
          .workloads.map(({ workload, state, counts, because }) => [
            nodeId(namespace, workload.kind, workload.name),
            { state, counts, because },
          ]),
      );
    byNamespace.set(namespace, verdicts);
    return verdicts.get(nodeId(namespace, kind, name));
  };
}
