import { parseQuantity } from '@/lib/core/kube/parse-quantity';
import type { Container, PodSpec } from '@/lib/core/kube/pod-types';
import { toJsonObject, toText } from './json-value';

export interface PodRequests {
  readonly cpuCores: number;
  readonly memoryBytes: number;
}

function requestOf({ resources }: Container, resource: 'cpu' | 'memory'): number {
  // Without a request the API server takes the limit as one.
  return parseQuantity(resources?.requests?.[resource] ?? resources?.limits?.[resource]) ?? 0;
}

/**
 * What the scheduler reserves for a pod.
 *
 * Output: the larger of what runs together and of the hungriest init step (native sidecars that started before it count), plus overhead.
 * Source: Kubernetes, pkg/api/v1/resource, PodRequests.
 */
export function sumPodRequests(spec: PodSpec = {}): PodRequests {
  return { cpuCores: sumResource(spec, 'cpu'), memoryBytes: sumResource(spec, 'memory') };
}

function sumResource(spec: PodSpec, resource: 'cpu' | 'memory'): number {
  let sidecars = 0;
  let largestInit = 0;
  for (const container of spec.initContainers ?? []) {
    const request = requestOf(container, resource);
    if (container.restartPolicy === 'Always') sidecars += request;
    largestInit = Math.max(largestInit, container.restartPolicy === 'Always' ? sidecars : sidecars + request);
  }
  const together = (spec.containers ?? []).reduce((sum, each) => sum + requestOf(each, resource), sidecars);
  const overhead = parseQuantity(toText(toJsonObject(toJsonObject(spec).overhead)[resource])) ?? 0;
  return Math.max(together, largestInit) + overhead;
}
