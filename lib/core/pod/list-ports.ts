import type { Pod } from '@/lib/core/kube/pod-types';
import { findPortClashes, type PortCandidate } from './find-port-clashes';
import { listEarlyRows, listMetricsRows, listProbedRows, toProtocol } from './list-further-rows';
import { listProbes, type ProbeTarget } from './list-probes';
import { isLongRunning, placeContainers } from './pod-containers';
import { noteMetrics } from './port-metrics-notes';
import type { InboundJudge, PortProtocol, PortRow } from './port-types';
import { type Listener, listAmbientListeners, listControlPlaneListeners, listProxyListeners } from './proxy-listeners';
import { readMetricsMerge } from './read-metrics-merge';
import { type ProxyFacts, readProxyFacts } from './read-proxy-facts';

/**
 * Lists the listening ports of a pod: declared by containers, opened by the mesh's processes, or known from probes and from where metrics are fetched.
 *
 * Input: the pod; optionally how the capture rules judge a port, asked once per row.
 * Output: by number, then protocol, then process. An application's bind address is its own choice, so it is left empty;
 * a port that it opens without declaring it, and without a probe or metrics, cannot be known. Of init containers that end, only ports that they cannot have are listed.
 */
export function listPorts(pod: Pod, judge?: InboundJudge): readonly PortRow[] {
  const facts = readProxyFacts(pod);
  const probes = listProbes(pod.spec);
  const mesh = listMeshRows(pod, facts);
  const declared = listDeclaredRows(pod, facts, mesh);
  const probed = listProbedRows(probes, [...mesh, ...declared]);
  const metrics = readMetricsMerge(pod, facts?.role === 'sidecar');
  const before = [...mesh, ...declared, ...probed];
  const all = [...before, ...listMetricsRows(pod, metrics, before), ...listEarlyRows(pod, facts, mesh)];
  return all
    .map((row): PortRow => {
      const { hostPort: _hostPort, ...rest } = row;
      return {
        ...rest,
        ...(judge === undefined ? {} : { inbound: judge(row.port, row.protocol) }),
        notes: [...row.notes, ...noteMetrics(row, metrics, facts)],
        clashes: findPortClashes(row, all),
        probes: probes.filter((target) => isFor(target, row, all)).map(({ probe }) => probe),
      };
    })
    .sort(
      (left, right) =>
        left.port - right.port || left.protocol.localeCompare(right.protocol) || left.id.localeCompare(right.id),
    );
}

/** Probes go to TCP sockets; where two rows share a port, to the one of the container that asks. */
function isFor({ port, probe }: ProbeTarget, row: PortCandidate, all: readonly PortCandidate[]): boolean {
  if (row.port !== port || row.protocol !== 'TCP') return false;
  const rows = all.filter((other) => other.port === port && other.protocol === 'TCP');
  const own = rows.find(({ container }) => container === probe.container);
  return (own ?? rows[0])?.id === row.id;
}

function listMeshRows(pod: Pod, facts: ProxyFacts | undefined): readonly PortCandidate[] {
  const toRow = (container: string, isAdded: boolean) => (listener: Listener) =>
    toMeshRow(listener, container, isAdded, pod);
  return [
    ...(facts === undefined
      ? []
      : listProxyListeners(facts, pod).map(
          toRow(facts.placed.container.name, facts.role === 'sidecar' || facts.role === 'grpc-agent'),
        )),
    ...listAmbientListeners(pod).map(toRow('', true)),
    ...listControlPlaneListeners(pod).map(toRow('discovery', false)),
  ];
}

function toMeshRow(listener: Listener, container: string, isAdded: boolean, pod: Pod): PortCandidate {
  const { port, protocol, process, purpose } = listener;
  const declared = findDeclaration(pod, container, port, protocol);
  return {
    ...listener,
    id: `${port}/${protocol}/${process}`,
    container,
    ...(declared?.name === undefined ? {} : { name: declared.name }),
    known: declared === undefined ? 'implied' : 'declared',
    isAdded,
    purpose: { code: purpose, values: { port } },
    probes: [],
  };
}

function findDeclaration(pod: Pod, container: string, port: number, protocol: PortProtocol) {
  return placeContainers(pod.spec)
    .find((placed) => placed.container.name === container)
    ?.container.ports?.find((entry) => entry.containerPort === port && (entry.protocol ?? 'TCP') === protocol);
}

function listDeclaredRows(
  pod: Pod,
  facts: ProxyFacts | undefined,
  mesh: readonly PortCandidate[],
): readonly PortCandidate[] {
  return placeContainers(pod.spec)
    .filter(isLongRunning)
    .flatMap(({ container }) => (container.ports ?? []).map((entry) => ({ entry, container })))
    .flatMap(({ entry, container }): readonly PortCandidate[] => {
      const protocol = toProtocol(entry.protocol);
      const port = entry.containerPort;
      if (mesh.some((row) => row.container === container.name && row.port === port && row.protocol === protocol))
        return [];
      const isProxy = container === facts?.placed.container && facts.role !== 'grpc-agent';
      return [
        {
          id: `${port}/${protocol}/${container.name}`,
          port,
          protocol,
          process: isProxy ? 'envoy' : 'application',
          container: container.name,
          bind: '',
          reach: 'unknown',
          ...(entry.name === undefined ? {} : { name: entry.name }),
          known: 'declared',
          isAdded: false,
          purpose: {
            code: isProxy ? 'pod.port.gateway-server' : 'pod.port.application',
            values: { port, container: container.name },
          },
          probes: [],
          notes: [],
          ...(entry.hostPort === undefined ? {} : { hostPort: entry.hostPort }),
        },
      ];
    });
}
