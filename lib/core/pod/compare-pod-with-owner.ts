import type { Pod } from '@/lib/core/kube/pod-types';
import type { PodAnatomy } from './anatomy-types';
import { buildPodAnatomy } from './build-pod-anatomy';
import type { PodChange } from './change-types';
import { cleanPodForDisplay } from './clean-pod-for-display';
import { comparePods } from './compare-pods';
import { describeProcesses } from './describe-processes';
import { parseInjectionStatus } from './injection-marks';
import type { PodPhrase } from './pod-phrases.data';
import type { InboundJudge } from './port-types';
import { type KnownOfPod, recoverWrittenPod } from './recover-written-pod';
import { type PodChangeSummary, summariseChanges, toPod } from './summarise-changes';
import type { OwnerTemplate, WrittenPod } from './written-pod';

/** Everything that can be told about a pod before and after injection. */
export interface PodComparison extends Pick<WrittenPod, 'source' | 'owner' | 'parts' | 'proof' | 'ownerDifferences'> {
  /** What carries the pod's traffic. */
  readonly verdict: PodPhrase;
  readonly isInjected: boolean;
  readonly summary: PodChangeSummary;
  readonly changes: readonly PodChange[];
  readonly anatomy: PodAnatomy;
  /** Both pods under the same name, so that only real differences differ. */
  readonly yaml: { readonly asWritten: string; readonly asRuns: string };
}

/**
 * Puts the pod as written beside the pod as it runs.
 *
 * Input: the pod; its owner's template where that can be read; how the capture rules judge a port; what a configuration proves.
 * Never throws.
 */
export function comparePodWithOwner(
  pod: Pod,
  owner?: OwnerTemplate,
  judge?: InboundJudge,
  known: KnownOfPod = {},
): PodComparison {
  const written = recoverWrittenPod(pod, owner, known);
  const changes = comparePods(written, pod);
  return {
    source: written.source,
    ...(written.owner === undefined ? {} : { owner: written.owner }),
    parts: written.parts,
    proof: written.proof,
    ownerDifferences: written.ownerDifferences,
    verdict: describeProcesses(pod).verdict,
    isInjected: parseInjectionStatus(pod.metadata.annotations ?? {}) !== undefined,
    summary: summariseChanges(written, pod, changes),
    changes,
    anatomy: buildPodAnatomy(written, pod, changes, judge),
    yaml: { asWritten: cleanPodForDisplay(toPod(written, pod)), asRuns: cleanPodForDisplay(pod) },
  };
}
