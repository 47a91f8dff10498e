import type { StringMap } from '@/lib/core/kube/object-types';
import type { ObjectRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';

export interface MeshWorkload {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Label sets that a selector may match: the template's first, then those of running pods. */
  readonly labels: readonly StringMap[];
}

export const nodeId = (namespace: string, kind: string, name: string): string =>
  `${namespace}/${kind.toLowerCase()}/${name}`;

/** Whether every label of the selector is on the pods; an empty selector picks nothing. */
export const isSelected = (workload: MeshWorkload, selector: StringMap): boolean => {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && workload.labels.some((labels) => wanted.every(([key, value]) => labels[key] === value));
};

const MAX_OWNERS = 4;

/**
 * The workloads of a cluster: each topmost controller, and each pod that has none.
 *
 * Output: in order of the records. A pod whose controller is of a kind that nobody listed is grouped under that
 * controller's kind and name. Pods of the node itself (static ones) stand alone.
 */
export function listWorkloads(
  workloads: readonly WorkloadRecord[],
  pods: readonly PodRecord[],
): readonly MeshWorkload[] {
  const records = new Map(workloads.map((record) => [nodeId(record.namespace, record.kind, record.name), record]));
  const ownerId = ({ namespace, owner }: ObjectRecord) =>
    owner === undefined || owner.kind === 'Node' ? undefined : nodeId(namespace, owner.kind, owner.name);
  const rootOf = (record: WorkloadRecord): WorkloadRecord => {
    let root = record;
    for (let level = 0; level < MAX_OWNERS; level += 1) {
      const owner = records.get(ownerId(root) ?? '');
      if (owner === undefined) return root;
      root = owner;
    }
    return root;
  };

  const found = new Map<string, MeshWorkload & { readonly labels: StringMap[] }>();
  const add = (kind: string, namespace: string, name: string, labels: StringMap): void => {
    const id = nodeId(namespace, kind, name);
    const known = found.get(id);
    if (known === undefined) found.set(id, { id, kind, namespace, name, labels: [labels] });
    else known.labels.push(labels);
  };
  for (const record of workloads) {
    if (rootOf(record) === record) add(record.kind, record.namespace, record.name, record.template.labels);
  }
  for (const pod of pods) {
    const id = ownerId(pod);
    const owner = records.get(id ?? '');
    if (owner !== undefined) {
      const root = rootOf(owner);
      add(root.kind, root.namespace, root.name, pod.labels);
    } else if (pod.owner !== undefined && id !== undefined)
      add(pod.owner.kind, pod.namespace, pod.owner.name, pod.labels);
    else add('Pod', pod.namespace, pod.name, pod.labels);
  }
  return [...found.values()];
}
