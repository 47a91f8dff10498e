import type { StringMap } from '@/lib/core/kube/object-types';
import type { DocumentRecord, ServiceRecord } from '@/lib/core/kube/records';
import { type MeshWorkload, nodeId } from './list-workloads';
import { type MeshGateway, parseApiGateway, parseIstioGateway } from './parse-gateways';
import { parseDestinationRule, parseServiceEntry, type ServiceEntry } from './parse-mesh-hosts';
import { coversHost, resolveHost, serviceHost } from './resolve-host';
import { indexWorkloads } from './select-workloads';

/** The objects of the whole cluster; which part is drawn is decided later, since a route may point anywhere. */
export interface MeshObjects {
  readonly services: readonly ServiceRecord[];
  readonly workloads: readonly MeshWorkload[];
  readonly istioGateways: readonly DocumentRecord[];
  readonly virtualServices: readonly DocumentRecord[];
  readonly destinationRules: readonly DocumentRecord[];
  readonly serviceEntries: readonly DocumentRecord[];
  readonly apiGateways: readonly DocumentRecord[];
  readonly httpRoutes: readonly DocumentRecord[];
  readonly grpcRoutes: readonly DocumentRecord[];
}

/** Everything that an edge can end at, indexed. */
export interface MeshWorld {
  readonly workloads: ReadonlyMap<string, MeshWorkload>;
  readonly services: ReadonlyMap<string, ServiceRecord>;
  readonly entries: ReadonlyMap<string, ServiceEntry>;
  readonly gateways: ReadonlyMap<string, MeshGateway>;
  /** Workloads behind a service, an external service or a gateway, by its id. */
  readonly behind: ReadonlyMap<string, readonly MeshWorkload[]>;
  readonly domain: string | undefined;
  /** Ids of services and external services that answer to a full host name or a pattern. */
  readonly findHosts: (host: string) => readonly string[];
  /** Labels of a subset; undefined where no DestinationRule defines it. */
  readonly findSubset: (host: string, subset: string) => StringMap | undefined;
}

const gatewayId = (gateway: Pick<MeshGateway, 'api'>, namespace: string, name: string): string =>
  nodeId(namespace, gateway.api === 'istio' ? 'istio-gateway' : 'gateway', name);

const buildHostFinder = (
  services: ReadonlyMap<string, ServiceRecord>,
  entries: ReadonlyMap<string, ServiceEntry>,
  domain: string | undefined,
) => {
  const exact = new Map<string, string[]>();
  const patterns: { readonly pattern: string; readonly id: string }[] = [];
  const add = (host: string, id: string): void => {
    if (host.startsWith('*')) patterns.push({ pattern: host, id });
    else exact.set(host, [...(exact.get(host) ?? []), id]);
  };
  for (const [id, service] of services) add(serviceHost(service.name, service.namespace, domain), id);
  for (const [id, entry] of entries) for (const host of entry.hosts) add(host, id);

  return (host: string): readonly string[] => {
    const named = exact.get(host);
    if (named !== undefined) return named;
    const covered = host.startsWith('*')
      ? [...exact].filter(([name]) => coversHost(host, name)).flatMap(([, ids]) => ids)
      : [];
    return [...covered, ...patterns.filter(({ pattern }) => coversHost(pattern, host)).map(({ id }) => id)];
  };
};

const buildSubsetFinder = (records: readonly DocumentRecord[], domain: string | undefined) => {
  const rules = records.map(parseDestinationRule).map(({ host, record, subsets }) => ({
    host: resolveHost(host, record.namespace, domain),
    subsets,
  }));
  const exact = new Map<string, StringMap>();
  const patterns = rules.filter(({ host }) => host.startsWith('*'));
  for (const { host, subsets } of rules) {
    for (const [name, labels] of subsets) if (!exact.has(`${host}#${name}`)) exact.set(`${host}#${name}`, labels);
  }
  return (host: string, subset: string): StringMap | undefined =>
    exact.get(`${host}#${subset}`) ??
    patterns.find((rule) => coversHost(rule.host, host) && rule.subsets.has(subset))?.subsets.get(subset);
};

/**
 * Indexes a cluster's records for the graph.
 *
 * Output: `exportTo` is not read, so an object counts as visible everywhere.
 */
export function buildMeshWorld(records: MeshObjects, domain: string | undefined): MeshWorld {
  const { workloads } = records;
  const services = new Map(
    records.services.map((record) => [nodeId(record.namespace, 'service', record.name), record]),
  );
  const entries = new Map(
    records.serviceEntries.map((record) => [
      nodeId(record.namespace, 'service-entry', record.name),
      parseServiceEntry(record),
    ]),
  );
  const gateways = new Map(
    [...records.istioGateways.map(parseIstioGateway), ...records.apiGateways.map(parseApiGateway)].map((gateway) => [
      gatewayId(gateway, gateway.record.namespace, gateway.record.name),
      gateway,
    ]),
  );
  const pick = indexWorkloads(workloads);
  const behind = new Map<string, readonly MeshWorkload[]>([
    ...[...services].map(([id, service]) => [id, pick(service.selector, service.namespace)] as const),
    ...[...entries].map(([id, entry]) => [id, pick(entry.selector, entry.record.namespace)] as const),
    ...[...gateways].map(([id, gateway]) => [id, pick(gateway.selector, gateway.selectorNamespace)] as const),
  ]);
  return {
    workloads: new Map(workloads.map((workload) => [workload.id, workload])),
    services,
    entries,
    gateways,
    behind,
    domain,
    findHosts: buildHostFinder(services, entries, domain),
    findSubset: buildSubsetFinder(records.destinationRules, domain),
  };
}
