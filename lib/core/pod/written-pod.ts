import type { PodTemplate } from '@/lib/core/kube/pod-types';
import type { PodPhrase } from './pod-phrases.data';

/** The template of the object that made a pod: ReplicaSet, StatefulSet, DaemonSet, Job or ReplicationController. */
export interface OwnerTemplate {
  readonly kind: string;
  readonly name: string;
  readonly template: PodTemplate;
}

/**
 * A pod as its author wrote it, and how that is known.
 *
 * `owner-template`: read from the owner. `recovered`: worked out from the pod alone. `own`: the pod carries no trace of injection.
 */
export interface WrittenPod {
  readonly source: 'owner-template' | 'recovered' | 'own';
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly template: PodTemplate;
  /** What could not be told apart for sure; empty for `owner-template`. */
  readonly uncertain: readonly PodPhrase[];
}
