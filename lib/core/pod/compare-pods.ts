import type { Pod } from '@/lib/core/kube/pod-types';
import { readChangeContext, toPodChange } from './change-draft';
import { CHANGE_GROUPS, type PodChange } from './change-types';
import { compareContainers } from './compare-containers';
import { compareMetadata } from './compare-metadata';
import { compareSpec } from './compare-spec';
import type { WrittenPod } from './written-pod';

/**
 * Lists every difference between a pod as written and as it runs, with who made it and what for.
 *
 * Output: grouped in the order of `CHANGE_GROUPS`, inside a group in the pod's own order; empty when nothing was added.
 * A new container gives one change of its own and one for each of its parts, marked `isPart`.
 * Never throws. Values of Secrets never appear: the pod holds references only.
 */
export function comparePods(written: WrittenPod, pod: Pod): readonly PodChange[] {
  const context = readChangeContext(written, pod);
  const { template } = written;
  const drafts = [
    ...compareContainers(template.spec, pod.spec, context),
    ...compareMetadata(template.metadata, pod.metadata, context),
    ...compareSpec(template.spec ?? {}, pod.spec ?? {}, context),
  ];
  const order = (change: PodChange) => CHANGE_GROUPS.indexOf(change.group);
  return drafts.map((draft) => toPodChange(draft, context)).sort((left, right) => order(left) - order(right));
}
