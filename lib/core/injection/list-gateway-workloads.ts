import { PROXY_CONTAINER, REVISION_LABEL } from '@/lib/core/kube/names';
import { findProxyImage } from './classify-pod';
import type { WorkloadVerdict } from './classify-workload';
import { imageTag } from './expected-image';

/** A workload whose pods are Envoy alone: a gateway, or a waypoint. */
export interface GatewayWorkload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pods: number;
  readonly ready: number;
  readonly revision: string;
  readonly version: string;
}

/**
 * Lists the gateways of a cluster: workloads whose pods run the proxy and no application.
 *
 * Output: by namespace and name; revision and version of the first pod, by its status or else its label, empty where it does not say.
 */
export function listGatewayWorkloads(workloads: Iterable<WorkloadVerdict>): readonly GatewayWorkload[] {
  const found: GatewayWorkload[] = [];
  for (const { workload, pods } of workloads) {
    const [first] = pods;
    if (first === undefined || first.pod.containers.some(({ name }) => name !== PROXY_CONTAINER)) continue;
    const image = findProxyImage(first.pod);
    if (image === undefined) continue;
    found.push({
      kind: workload.kind,
      namespace: workload.namespace,
      name: workload.name,
      pods: pods.length,
      ready: pods.filter(({ pod }) => pod.isReady).length,
      revision: first.verdict.revision || first.pod.labels[REVISION_LABEL] || '',
      version: imageTag(image),
    });
  }
  return found.sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}
