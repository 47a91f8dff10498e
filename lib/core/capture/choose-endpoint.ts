import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { PodRecord, ServiceRecord } from '@/lib/core/kube/records';
import type { Endpoint } from './packet-scene';

/**
 * An endpoint that a proxy may choose for a service's port: the calling pod itself if it is one, else the first that is ready.
 *
 * Input: `pods` of the service's namespace.
 * Output: undefined where the service has no such port, no ready pod, or names a port that only the pods know.
 */
export function chooseEndpoint(
  service: ServiceRecord,
  port: number,
  caller: Pod,
  pods: readonly PodRecord[],
): Endpoint | undefined {
  const target = service.ports.find((one) => one.port === port)?.targetPort;
  if (target === undefined || Object.keys(service.selector).length === 0) return undefined;
  const selects = (labels: PodRecord['labels'] | undefined) =>
    matchesLabelSelector({ matchLabels: service.selector }, labels);
  const { namespace, labels } = caller.metadata;
  const ownAddress = caller.status?.podIP ?? '';
  if (namespace === service.namespace && selects(labels) && ownAddress !== '') {
    return toEndpoint(ownAddress, target, namedPort(caller, target));
  }
  const other = pods.find((pod) => pod.isReady && pod.podIP !== '' && selects(pod.labels));
  return other && toEndpoint(other.podIP, target, undefined);
}

function toEndpoint(address: string, target: string, named: number | undefined): Endpoint | undefined {
  const port = /^\d+$/.test(target) ? Number(target) : named;
  return port === undefined ? undefined : { address, port };
}

function namedPort(pod: Pod, name: string): number | undefined {
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  return ports.find((port) => port.name === name)?.containerPort;
}
