import type { DocumentRecord, ObjectRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import type { GraphDraft } from './graph-draft';
import type { EdgeRoute } from './graph-types';
import { toRef } from './link-objects';
import { nodeId } from './list-workloads';
import type { MeshWorld } from './mesh-world';
import { parseVirtualService, type VirtualService, type VirtualServiceRoute } from './parse-virtual-service';
import { resolveGatewayName, resolveHost, shareHost } from './resolve-host';
import type { RouteLinker } from './route-linker';

/** A route and the object whose namespace resolves its short names: the delegate's, where there is one. */
interface OwnedRoute {
  readonly route: VirtualServiceRoute;
  readonly owner: ObjectRecord;
}

interface Origin {
  readonly source: string;
  readonly gateway: string;
  readonly hosts: readonly string[];
  readonly reason: Phrase;
  readonly problem: Phrase | undefined;
}

/**
 * Edges that VirtualServices make: from their gateways, and from the services whose requests they send elsewhere.
 *
 * Output: routes of a service to its own subsets are put on its edges to workloads. Delegates are followed one level,
 * as Istio does.
 */
export function linkVirtualServices(
  records: readonly DocumentRecord[],
  world: MeshWorld,
  draft: GraphDraft,
  linker: RouteLinker,
): void {
  const all = records.map(parseVirtualService);
  const byName = new Map(all.map((virtualService) => [toKey(virtualService.record), virtualService]));
  for (const virtualService of all.filter(({ hosts }) => hosts.length > 0)) {
    const routes = virtualService.routes.flatMap((route) =>
      followDelegate(route, virtualService, byName, linker, draft),
    );
    for (const gateway of virtualService.gateways) {
      const name = resolveGatewayName(gateway, virtualService.record.namespace);
      const origins =
        name === undefined
          ? meshOrigins(virtualService, world, draft, linker)
          : [gatewayOrigin(virtualService, gateway, name, world, linker)];
      for (const origin of origins) linkRoutes(origin, virtualService.record, routes, world, linker);
    }
  }
}

const toKey = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`;

function followDelegate(
  route: VirtualServiceRoute,
  { record, hosts }: VirtualService,
  byName: ReadonlyMap<string, VirtualService>,
  linker: RouteLinker,
  draft: GraphDraft,
): readonly OwnedRoute[] {
  if (route.delegate === undefined) return [{ route, owner: record }];
  const delegate = byName.get(toKey(route.delegate));
  if (delegate !== undefined) {
    return delegate.routes.map((inner) => ({
      route: { ...inner, matches: inner.matches.length === 0 ? route.matches : inner.matches },
      owner: delegate.record,
    }));
  }
  const { name, namespace } = route.delegate;
  const problem = { code: 'graph.problem.no-delegate', values: { name: toKey(route.delegate), owner: toKey(record) } };
  const absent = linker.addAbsent('VirtualService', namespace, name, problem);
  const source = addHost(record.namespace, hosts[0] ?? record.name, draft);
  draft.addEdge({
    source,
    target: absent.id,
    kind: 'routes',
    reason: { code: 'graph.reason.delegate', values: { name: toKey(record) } },
    from: toRef(record),
    problem: absent.problem,
  });
  return [];
}

const addHost = (namespace: string, host: string, draft: GraphDraft): string =>
  draft.addLoose({
    id: nodeId(namespace, 'host', host),
    kind: 'host',
    namespace,
    name: host,
    objectKind: '',
    problems: [],
    isUnreadable: false,
  });

function meshOrigins(
  { record, hosts }: VirtualService,
  world: MeshWorld,
  draft: GraphDraft,
  linker: RouteLinker,
): readonly Origin[] {
  return hosts
    .filter((host) => host !== '*')
    .flatMap((host) => {
      const found = world.findHosts(resolveHost(host, record.namespace, world.domain));
      for (const id of found) linker.markRouted(id);
      const sources = found.length > 0 ? found : [addHost(record.namespace, host, draft)];
      const reason = { code: 'graph.reason.mesh-route', values: { kind: record.kind, name: toKey(record), host } };
      return sources.map((source) => ({ source, gateway: 'mesh', hosts: [host], reason, problem: undefined }));
    });
}

function gatewayOrigin(
  { record, hosts }: VirtualService,
  gateway: string,
  name: string,
  world: MeshWorld,
  linker: RouteLinker,
): Origin {
  const reason = {
    code: 'graph.reason.gateway-route',
    values: { kind: record.kind, name: toKey(record), gateway: name },
  };
  const [namespace = '', shortName = ''] = name.split('/');
  const id = nodeId(namespace, 'istio-gateway', shortName);
  const known = world.gateways.get(id);
  if (known === undefined) {
    const missing = { code: 'graph.problem.no-gateway', values: { gateway: name } };
    const absent = linker.addAbsent('Gateway', namespace, shortName, missing);
    return { source: absent.id, gateway, hosts, reason, problem: absent.problem };
  }
  const isServed = hosts.some((host) => known.hosts.some((served) => shareHost(served, host)));
  const problem = { code: 'graph.problem.host-not-served', values: { hosts: hosts.join(', '), gateway: name } };
  return { source: id, gateway, hosts, reason, problem: isServed ? undefined : problem };
}

function linkRoutes(
  { source, gateway, hosts, reason, problem }: Origin,
  record: ObjectRecord,
  routes: readonly OwnedRoute[],
  world: MeshWorld,
  linker: RouteLinker,
): void {
  for (const { route, owner } of routes) {
    const matches = route.matches.filter((match) => match.gateways.length === 0 || match.gateways.includes(gateway));
    if (route.matches.length > 0 && matches.length === 0) continue;
    const total = route.destinations.reduce((sum, { weight }) => sum + weight, 0);
    for (const { host, subset, port, weight } of route.destinations) {
      const drawn: EdgeRoute = {
        hosts,
        paths: matches.map(({ path }) => path).filter((path) => path !== ''),
        ...(route.destinations.length > 1 && total > 0 ? { weight: Math.round((weight / total) * 100) } : {}),
        ...(subset === '' ? {} : { subset }),
        ...(port === '' ? {} : { port }),
        protocol: route.protocol,
      };
      const from = toRef(owner.name === record.name && owner.namespace === record.namespace ? record : owner);
      linker.toHost({ source, from, reason, route: drawn, problem }, resolveHost(host, owner.namespace, world.domain));
    }
  }
}
