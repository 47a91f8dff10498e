import type { DocumentRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import type { EdgeRoute } from './graph-types';
import { toRef } from './link-objects';
import { nodeId } from './list-workloads';
import type { MeshWorld } from './mesh-world';
import { type GatewayRoute, parseGatewayRoute, type RouteParent } from './parse-gateway-route';
import { shareHost } from './resolve-host';
import type { RouteLinker } from './route-linker';

/** Edges that HTTPRoutes and GRPCRoutes make, from a Gateway or, in the mesh, from a Service. */
export function linkGatewayRoutes(records: readonly DocumentRecord[], world: MeshWorld, linker: RouteLinker): void {
  for (const route of records.map(parseGatewayRoute)) {
    for (const parent of route.parents) {
      const origin = toOrigin(route, parent, world, linker);
      if (origin !== undefined) linkBackends(route, origin, linker);
    }
  }
}

interface Origin {
  readonly source: string;
  readonly reason: Phrase;
  readonly problem: Phrase | undefined;
}

function toOrigin(
  { record, hosts }: GatewayRoute,
  parent: RouteParent,
  world: MeshWorld,
  linker: RouteLinker,
): Origin | undefined {
  const name = `${record.namespace}/${record.name}`;
  const parentName = `${parent.namespace}/${parent.name}`;
  if (parent.kind === 'Service') {
    const source = nodeId(parent.namespace, 'service', parent.name);
    const reason = { code: 'graph.reason.mesh-route', values: { kind: record.kind, name, host: parentName } };
    if (world.services.has(source)) {
      linker.markRouted(source);
      return { source, reason, problem: undefined };
    }
    const missing = { code: 'graph.problem.no-host', values: { host: parentName } };
    const absent = linker.addAbsent('Service', parent.namespace, parent.name, missing);
    return { source: absent.id, reason, problem: absent.problem };
  }
  if (parent.kind !== 'Gateway') return undefined;
  const reason = { code: 'graph.reason.gateway-route', values: { kind: record.kind, name, gateway: parentName } };
  const source = nodeId(parent.namespace, 'gateway', parent.name);
  const gateway = world.gateways.get(source);
  if (gateway === undefined) {
    const missing = { code: 'graph.problem.no-gateway', values: { gateway: parentName } };
    const absent = linker.addAbsent('Gateway', parent.namespace, parent.name, missing);
    return { source: absent.id, reason, problem: absent.problem };
  }
  if (parent.namespace !== record.namespace && !gateway.isOpen) {
    const values = { gateway: parentName, namespace: record.namespace };
    return { source, reason, problem: { code: 'graph.problem.not-allowed', values } };
  }
  const isServed = hosts.some((host) => gateway.hosts.some((served) => shareHost(served, host)));
  const values = { hosts: hosts.join(', '), gateway: parentName };
  return { source, reason, problem: isServed ? undefined : { code: 'graph.problem.host-not-served', values } };
}

function linkBackends({ record, hosts, rules }: GatewayRoute, origin: Origin, linker: RouteLinker): void {
  for (const { paths, backends } of rules) {
    const total = backends.reduce((sum, { weight }) => sum + weight, 0);
    for (const backend of backends) {
      const route: EdgeRoute = {
        hosts,
        paths: paths.filter((path) => path !== ''),
        ...(backends.length > 1 && total > 0 ? { weight: Math.round((backend.weight / total) * 100) } : {}),
        ...(backend.port === '' ? {} : { port: backend.port }),
        protocol: record.kind === 'GRPCRoute' ? 'grpc' : 'http',
      };
      const hop = { ...origin, from: toRef(record), route };
      if (backend.kind === 'Service') linker.toService(hop, backend.namespace, backend.name);
      else if (backend.kind === 'Hostname') linker.toHost(hop, backend.name);
    }
  }
}
