import type { VerifiedPod } from '@/lib/core/injection/uninject/uninject-with-injector';
import type { RevisionSource } from './render-job';

/** Takes the injection out of one pod and proves it by the configuration of its revision. */
export interface UninjectJob {
  readonly kind: 'uninject';
  readonly source: RevisionSource;
  readonly previous?: RevisionSource;
  /** The pod as the API server keeps it, as JSON. */
  readonly pod: string;
  readonly namespace: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
}

export interface Uninjected {
  readonly kind: 'uninjected';
  readonly result: VerifiedPod;
}
