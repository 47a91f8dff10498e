import type { Phrase } from '@/lib/core/phrase';

/** One field that would be different if the pod were made now; a side is absent where the field is. */
export interface FieldDifference {
  /** As a person finds it in the pod, e.g. `initContainers[istio-proxy].env[ISTIO_META_MESH_ID]`. */
  readonly path: string;
  readonly running?: string;
  readonly wanted?: string;
}

/** What came of rendering a pod with the template of the injector that would be called now. */
export type RenderingCheck =
  /** It renders, and there is no running sidecar to compare with. */
  | { readonly kind: 'rendered' }
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly differences: readonly FieldDifference[] }
  | { readonly kind: 'refused'; readonly reasons: readonly Phrase[] }
  | { readonly kind: 'unchecked'; readonly because: Phrase };
