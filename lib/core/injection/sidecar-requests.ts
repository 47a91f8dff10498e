import type { StringMap } from '@/lib/core/kube/object-types';
import { parseQuantity } from '@/lib/core/kube/parse-quantity';
import type { ProxyResources } from './parse-injector-config';

/** What the scheduler has to find for sidecars: cores and bytes. */
export interface SidecarRequests {
  readonly cpu: number;
  readonly memory: number;
}

export const NO_REQUESTS: SidecarRequests = { cpu: 0, memory: 0 };

const CPU = 'sidecar.istio.io/proxyCPU';
const MEMORY = 'sidecar.istio.io/proxyMemory';
const CPU_LIMIT = 'sidecar.istio.io/proxyCPULimit';
const MEMORY_LIMIT = 'sidecar.istio.io/proxyMemoryLimit';

/**
 * What one sidecar requests: the injector's values, or what the pod's annotations say instead of them.
 *
 * As the shipped templates have it, any of the four annotations replaces the whole resources of the values.
 * A limit without a request counts as the request, as the API server fills it in.
 */
export function sidecarRequests(annotations: StringMap, values: ProxyResources): SidecarRequests {
  const isOwn = [CPU, MEMORY, CPU_LIMIT, MEMORY_LIMIT].some((key) => annotations[key] !== undefined);
  const amount = (request: string | undefined, limit: string | undefined) =>
    parseQuantity(request || limit || '0') ?? 0;
  if (isOwn) {
    return {
      cpu: amount(annotations[CPU], annotations[CPU_LIMIT]),
      memory: amount(annotations[MEMORY], annotations[MEMORY_LIMIT]),
    };
  }
  return {
    cpu: amount(values.requests.cpu, values.limits.cpu),
    memory: amount(values.requests.memory, values.limits.memory),
  };
}

export function addRequests(a: SidecarRequests, b: SidecarRequests, times = 1): SidecarRequests {
  return { cpu: a.cpu + b.cpu * times, memory: a.memory + b.memory * times };
}
