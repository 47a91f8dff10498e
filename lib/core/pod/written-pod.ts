import type { OwnerDifference } from '@/lib/core/injection/uninject/compare-with-owner';
import type { VerifiedPod } from '@/lib/core/injection/uninject/uninject-with-injector';
import type { UninjectedPart } from '@/lib/core/injection/uninject/uninjected-pod';
import type { PodTemplate } from '@/lib/core/kube/pod-types';

/** The template of the object that made a pod: ReplicaSet, StatefulSet, DaemonSet, Job or ReplicationController. */
export interface OwnerTemplate {
  readonly kind: string;
  readonly name: string;
  readonly template: PodTemplate;
}

/**
 * A pod as its author wrote it, and how that is known.
 *
 * `owner-template`: read from the owner. `recovered`: injection was taken out of the pod. `own`: the pod carries no trace of injection.
 */
export interface WrittenPod {
  readonly source: 'owner-template' | 'recovered' | 'own';
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly template: PodTemplate;
  /** What un-injection did, part by part; it is done also where the owner's template is there, to be held against it. */
  readonly parts: readonly UninjectedPart[];
  /** What injecting the un-injected pod again said. */
  readonly proof: Pick<VerifiedPod, 'verified' | 'differences'>;
  /** Where the un-injected pod is not what the owner's template says; empty without one. */
  readonly ownerDifferences: readonly OwnerDifference[];
}
