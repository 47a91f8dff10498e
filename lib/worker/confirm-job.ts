import type { ClusterAnswer, Confirmation } from '@/lib/core/injection/confirm/confirm-types';
import type { WebhookTarget } from '@/lib/core/injection/parse-webhook-configurations';
import type { RevisionSource } from './render-job';

/** A pod, and what the API server made of it in a dry run; pods are JSON text. */
export interface ConfirmJob {
  readonly kind: 'confirm';
  /** Who is called for it; absent where nobody is. */
  readonly injector?: {
    readonly source: RevisionSource;
    readonly previous?: RevisionSource;
    readonly target: WebhookTarget;
  };
  /** The injector cannot be read: why. */
  readonly unreadable?: string;
  readonly namespace: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly sent: string;
  readonly cluster: { readonly kind: 'accepted'; readonly pod: string } | Exclude<ClusterAnswer, { kind: 'accepted' }>;
}

export interface Confirmed {
  readonly kind: 'confirmed';
  readonly confirmation: Confirmation;
  /** Why the configuration of now could not be used; the last good one was. */
  readonly problem?: string;
}
