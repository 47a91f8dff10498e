import type { PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { buildLooseNode, buildNode, type InjectionOf } from './build-node';
import { GraphDraft } from './graph-draft';
import type { MeshEdge, MeshGraph, MeshNode } from './graph-types';
import { linkGatewayRoutes } from './link-gateway-routes';
import { linkGateways, linkServices } from './link-objects';
import { linkVirtualServices } from './link-virtual-services';
import { listWorkloads } from './list-workloads';
import { buildMeshWorld, type MeshObjects, type MeshWorld } from './mesh-world';
import { type CanRead, RouteLinker } from './route-linker';

export interface MeshGraphOptions {
  /** The namespaces to draw; empty for all. */
  readonly namespaces: readonly string[];
  readonly injectionOf: InjectionOf;
  /** Whether objects of a kind can be read in a namespace; what cannot is never called absent. */
  readonly canRead?: CanRead;
  /** The cluster's DNS domain, `cluster.local` unless given. */
  readonly domain?: string;
}

/** The same as records of the snapshot. */
export interface MeshRecords extends Omit<MeshObjects, 'workloads'> {
  readonly workloads: readonly WorkloadRecord[];
  readonly pods: readonly PodRecord[];
}

const namespaceOf = (id: string): string => id.split('/')[0] ?? '';

/** The objects and edges of a whole cluster, before it is known which part is wanted. */
export interface MeshLinks {
  readonly world: MeshWorld;
  readonly draft: GraphDraft;
}

/** Joins all objects of a cluster. Costs the most and depends on the objects alone, so a caller may keep it. */
export function linkMesh(records: MeshObjects, canRead: CanRead = () => true, domain?: string): MeshLinks {
  const world = buildMeshWorld(records, domain);
  const draft = new GraphDraft();
  const linker = new RouteLinker(world, draft, canRead);
  linkServices(world, draft);
  linkGateways(world, draft);
  linkVirtualServices(records.virtualServices, world, draft, linker);
  linkGatewayRoutes([...records.httpRoutes, ...records.grpcRoutes], world, linker);
  linker.finish();
  return { world, draft };
}

/**
 * The part of a joined cluster that lies in the chosen namespaces, and what is directly joined to it.
 *
 * Output: nodes and edges ordered by id, a box per namespace that has a node. Objects of other namespaces are marked
 * `isOutside`; edges between two of them are left out.
 */
export function selectMeshGraph(
  { world, draft }: MeshLinks,
  namespaces: readonly string[],
  injectionOf: InjectionOf,
): MeshGraph {
  const chosen = new Set(namespaces);
  const isChosen = (id: string): boolean => chosen.size === 0 || chosen.has(namespaceOf(id));
  const edges = [...draft.edges.values()].filter(({ source, target }) => isChosen(source) || isChosen(target));
  const known = [world.workloads, world.services, world.entries, world.gateways].flatMap((map) => [...map.keys()]);
  const ids = new Set([
    ...[...known, ...draft.loose.keys()].filter(isChosen),
    ...edges.flatMap(({ source, target }) => [source, target]),
  ]);
  const toNode = (id: string): MeshNode | undefined => {
    const loose = draft.loose.get(id);
    if (loose !== undefined) return buildLooseNode(loose, !isChosen(id));
    return buildNode(id, world, injectionOf, draft.problems.get(id) ?? [], !isChosen(id));
  };
  const nodes = [...ids].map(toNode).filter((node) => node !== undefined);
  const boxes = [...new Set(nodes.map(({ namespace }) => namespace))].sort();
  const byId = (left: { readonly id: string }, right: { readonly id: string }) => (left.id < right.id ? -1 : 1);
  return {
    nodes: nodes.sort(byId),
    edges: edges.sort(byId) satisfies MeshEdge[],
    boxes: boxes.map((id) => ({ id, isOutside: chosen.size > 0 && !chosen.has(id) })),
  };
}

/**
 * The graph of chosen namespaces: gateways, services, workloads and external services, joined by selectors and routes.
 *
 * Input: the records of the whole cluster, since a route may point anywhere.
 * Output: see `selectMeshGraph`. A reference that leads nowhere ends at a node of kind `absent`, its edge says why.
 * Never throws: a field of a wrong type counts as absent.
 */
export function buildMeshGraph({ pods, ...records }: MeshRecords, options: MeshGraphOptions): MeshGraph {
  const workloads = listWorkloads(records.workloads, pods);
  const links = linkMesh({ ...records, workloads }, options.canRead, options.domain);
  return selectMeshGraph(links, options.namespaces, options.injectionOf);
}
