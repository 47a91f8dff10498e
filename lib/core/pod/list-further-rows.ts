import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { PortCandidate } from './find-port-clashes';
import type { ProbeTarget } from './list-probes';
import { isLongRunning, placeContainers } from './pod-containers';
import type { PodPhraseCode } from './pod-phrases.data';
import { listMetricsPorts } from './port-metrics-notes';
import type { PortProtocol, PortRow } from './port-types';
import type { MetricsMerge } from './read-metrics-merge';
import type { ProxyFacts } from './read-proxy-facts';

/** A protocol as Kubernetes spells it; TCP where none or another is written. */
export function toProtocol(text: string | undefined): PortProtocol {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}

/** Ports of which only a probe tells. */
export function listProbedRows(
  probes: readonly ProbeTarget[],
  known: readonly PortCandidate[],
): readonly PortCandidate[] {
  const isKnown = (port: number) => known.some((row) => row.port === port && row.protocol === 'TCP');
  const unknown = new Map(
    probes.filter(({ port }) => !isKnown(port)).map(({ port, probe }) => [port, probe.container]),
  );
  return [...unknown].map(([port, container]) => toKnownRow(port, container, 'probe', 'pod.port.probed'));
}

function toKnownRow(
  port: number,
  container: string,
  known: PortRow['known'],
  code: PodPhraseCode,
  more: Pick<PortCandidate, 'endsEarly'> = {},
): PortCandidate {
  return {
    id: `${port}/TCP/${container}`,
    port,
    protocol: 'TCP',
    process: 'application',
    container,
    bind: '',
    reach: 'unknown',
    known,
    isAdded: false,
    purpose: { code, values: { port, container } },
    probes: [],
    notes: [],
    ...more,
  };
}

/** Annotations name no container: the port is the application's, that is, the first container's that is no proxy. */
export function listMetricsRows(
  pod: Pod,
  metrics: MetricsMerge,
  known: readonly PortCandidate[],
): readonly PortCandidate[] {
  const container = pod.spec?.containers?.find(({ name }) => name !== PROXY_CONTAINER)?.name;
  if (container === undefined) return [];
  return listMetricsPorts(metrics, (port, protocol) =>
    known.some((row) => row.port === port && row.protocol === protocol),
  ).map((port) => toKnownRow(port, container, 'metrics', 'pod.port.app-metrics'));
}

/** A native sidecar runs already while the init containers behind it do: they cannot have its ports. A classic one starts after them. */
export function listEarlyRows(
  pod: Pod,
  facts: ProxyFacts | undefined,
  mesh: readonly PortCandidate[],
): readonly PortCandidate[] {
  if (facts === undefined || !facts.isNative) return [];
  return placeContainers(pod.spec)
    .filter((placed) => placed.list === 'initContainers' && placed.index > facts.placed.index && !isLongRunning(placed))
    .flatMap(({ container }) =>
      (container.ports ?? [])
        .filter(({ protocol = 'TCP', containerPort }) =>
          mesh.some((row) => row.port === containerPort && row.protocol === protocol),
        )
        .map(({ containerPort, protocol }) => ({
          ...toKnownRow(containerPort, container.name, 'declared', 'pod.port.init-container', { endsEarly: true }),
          id: `${containerPort}/${toProtocol(protocol)}/${container.name}`,
          protocol: toProtocol(protocol),
        })),
    );
}
