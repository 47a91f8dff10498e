import type { Refusal } from '@/lib/core/injection/engine/injection-refusal';
import type { JsonObject, JsonValue } from '@/lib/core/injection/engine/json-types';
import type { Phrase } from '@/lib/core/phrase';

/** What the API server made of a pod in a dry run. */
export type ClusterAnswer =
  | { readonly kind: 'accepted'; readonly pod: JsonValue }
  /** `message`: its own words, or those of a webhook. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Nobody refuses the pod, and yet none came of it; the API server's own words. */
  | { readonly kind: 'failed'; readonly message: string };

/** What the engine makes of the same pod. */
export type EngineAnswer =
  /** No webhook is called for it. */
  | { readonly kind: 'not-called' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'injected'; readonly pod: JsonObject }
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
  | { readonly kind: 'unusable'; readonly message: string };

/** A place where both differ. */
export interface ConfirmDifference {
  /** As in `spec.containers[istio-proxy].env[POD_NAME]`. */
  readonly path: string;
  /** `order`: both have the same items in another order. */
  readonly kind: 'value' | 'order';
  /** Absent where the engine's pod has nothing there. */
  readonly engine?: string;
  readonly cluster?: string;
  /** `injection`: the injector writes there; `beside`: it does not, so that it comes from another webhook or plug-in. */
  readonly part: 'injection' | 'beside';
}

/** What the API server fills in for every pod. */
export interface SetAside {
  readonly path: string;
  readonly value: string;
  readonly because: Phrase;
}

export type ConfirmOutcome =
  /** Both make the same pod. */
  | 'same'
  /** Both leave it as it is. */
  | 'same-untouched'
  /** The injection is the same, somebody else changed the pod as well. */
  | 'same-injection'
  /** Both refuse it for the same reason. */
  | 'same-refusal'
  | 'differs'
  /** The webhook did not answer and may be skipped, so the pod came as it was sent. */
  | 'passed-open'
  /** The injector refuses it for a reason that the engine does not give. */
  | 'cluster-refuses'
  | 'engine-refuses'
  /** Somebody beside the injector refuses it. */
  | 'refused-beside'
  /** The injector's webhook does not answer. */
  | 'unreachable'
  /** Nobody refuses it, and yet the cluster could not make it. */
  | 'cluster-fails'
  /** A webhook that takes no dry runs stands in the way. */
  | 'no-dry-run'
  /** The injector's configuration cannot be used here, so there is nothing to compare with. */
  | 'no-engine';

export interface Confirmation {
  readonly outcome: ConfirmOutcome;
  readonly differences: readonly ConfirmDifference[];
  readonly setAside: readonly SetAside[];
  /** Why the cluster refuses it, or what failed. */
  readonly clusterRefusal?: { readonly because: Phrase; readonly message: string };
  /** Why the engine does, or why it has no answer. */
  readonly engineRefusals: readonly { readonly because: Phrase; readonly text: string }[];
}
