import { resolveWorkloads, templateOf } from '@/lib/core/injection/resolve-workloads';
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

/** The workloads of a cluster as the graph asks about them: by the labels that selectors match and the ports they declare. */
export const listWorkloads = (
  workloads: readonly WorkloadRecord[],
  pods: readonly PodRecord[],
): readonly MeshWorkload[] =>
  resolveWorkloads(workloads, pods).map((workload) => {
    const { kind, namespace, name } = workload;
    const template = templateOf(workload);
    const containers = template?.containers ?? workload.pods[0]?.containers ?? [];
    return {
      id: nodeId(namespace, kind, name),
      kind,
      namespace,
      name,
      labels: [
        ...new Set([
          ...(template === undefined ? [] : [template.labels]),
          ...workload.pods.map(({ labels }) => labels),
        ]),
      ],
      ports: [...new Set(containers.flatMap(({ ports }) => ports))],
    };
  });
