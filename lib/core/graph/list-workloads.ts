import { resolveWorkloads, templateOf, type Workload } from '@/lib/core/injection/resolve-workloads';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { PodRecord, WorkloadRecord } from '@/lib/core/kube/records';

export interface MeshWorkload {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Label sets that a selector may match: the template's first, then those of running pods. */
  readonly labels: readonly StringMap[];
  readonly ports: readonly number[];
}

export const nodeId = (namespace: string, kind: string, name: string): string =>
  `${namespace}/${kind.toLowerCase()}/${name}`;

/** Whether every label of the selector is on the pods; an empty selector picks nothing. */
export const isSelected = (workload: MeshWorkload, selector: StringMap): boolean => {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && workload.labels.some((labels) => wanted.every(([key, value]) => labels[key] === value));
};

/** A workload as the graph asks about it: by the labels that selectors match and the ports it declares. */
export const toMeshWorkload = (workload: Workload): MeshWorkload => {
  const { kind, namespace, name } = workload;
  const template = templateOf(workload);
  const containers = template?.containers ?? workload.pods[0]?.containers ?? [];
  return {
    id: nodeId(namespace, kind, name),
    kind,
    namespace,
    name,
    labels: [
      ...new Set([...(template === undefined ? [] : [template.labels]), ...workload.pods.map(({ labels }) => labels)]),
    ],
    ports: [...new Set(containers.flatMap(({ ports }) => ports))],
  };
};

/** Whether two lists of workloads are the same to the graph, so that nothing joined to them has to be joined anew. */
export function isSameMesh(before: readonly MeshWorkload[], after: readonly MeshWorkload[]): boolean {
  return before.length === after.length && before.every((workload, index) => isSame(workload, after[index]));
}

function isSame(before: MeshWorkload, after: MeshWorkload | undefined): boolean {
  return after?.id === before.id && isEqualList(before.labels, after.labels) && isEqualList(before.ports, after.ports);
}

// Equal label maps are one and the same object in the snapshot; taking two such for different ones costs only time.
function isEqualList(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}

/** The workloads of a cluster as the graph asks about them. */
export const listWorkloads = (
  workloads: readonly WorkloadRecord[],
  pods: readonly PodRecord[],
): readonly MeshWorkload[] => resolveWorkloads(workloads, pods).map(toMeshWorkload);
