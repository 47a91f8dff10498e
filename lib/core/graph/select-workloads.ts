import type { StringMap } from '@/lib/core/kube/object-types';
import { isSelected, type MeshWorkload } from './list-workloads';

/** The workloads that a selector picks, in one namespace or, with an empty one, in all. */
export type SelectWorkloads = (selector: StringMap, namespace: string) => readonly MeshWorkload[];

const NONE: ReadonlySet<MeshWorkload> = new Set();

/**
 * Indexes workloads by each of their labels.
 *
 * Output: looking up a selector costs what its rarest label costs, and not what the cluster holds.
 */
export function indexWorkloads(workloads: readonly MeshWorkload[]): SelectWorkloads {
  const byLabel = new Map<string, Set<MeshWorkload>>();
  const add = (key: string, workload: MeshWorkload): void => {
    const known = byLabel.get(key);
    if (known === undefined) byLabel.set(key, new Set([workload]));
    else known.add(workload);
  };
  for (const workload of workloads) {
    for (const labels of workload.labels) {
      for (const [key, value] of Object.entries(labels)) {
        add(`${key}=${value}`, workload);
        add(`${workload.namespace}/${key}=${value}`, workload);
      }
    }
  }
  return (selector, namespace) => {
    const scope = namespace === '' ? '' : `${namespace}/`;
    const [rarest] = Object.entries(selector)
      .map(([key, value]) => byLabel.get(`${scope}${key}=${value}`) ?? NONE)
      .sort((left, right) => left.size - right.size);
    return [...(rarest ?? NONE)].filter((workload) => isSelected(workload, selector));
  };
}
