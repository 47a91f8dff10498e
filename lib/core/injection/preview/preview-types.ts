import type { WebhookMatch } from '@/lib/core/injection/match-webhooks';
import type { Phrase } from '@/lib/core/phrase';
import type { PodRequests } from '@/lib/core/pod/pod-requests';
import type { PREVIEW_PHRASES } from './preview-phrases.data';

/** What becomes of a workload at its next restart. */
export type PlannedChange = 'gains' | 'loses' | 'changes-revision' | 'keeps' | 'stays-without' | 'refused' | 'unknown';

/** How a workload comes to new pods: by a rollout, by creating it again, at its next run, or not at all. */
export type RestartWay = 'rollout' | 'recreate' | 'next-run' | 'none';

/** As Kubernetes writes them: `100m`, `128Mi`. */
export interface Amounts {
  readonly cpu: string;
  readonly memory: string;
}

export interface ArrivingContainer {
  readonly name: string;
  readonly image: string;
  readonly role: 'sidecar' | 'native' | 'init';
  readonly requests: Amounts;
}

export interface PreviewRefusal {
  readonly by: 'injector' | 'pod-security' | 'unreachable-webhook' | 'now';
  readonly because: Phrase;
  /** The words of the real program, where they are known. */
  readonly text?: string;
}

/** A workload or pod whose next pod is to be rendered. */
export interface PreviewSubject {
  readonly kind: string;
  readonly name: string;
  /** The object as the API server has it, as JSON text. */
  readonly object: string;
  /** The webhook entry that is called for it. */
  readonly webhook: WebhookMatch['webhook']['target'];
}

/** The namespace, as it would be. */
export interface PreviewPlace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What the engine says of one subject; fit to be sent between threads. */
export interface PodForecast {
  readonly outcome: 'injected' | 'skipped' | 'refused';
  /** Why it is skipped. */
  readonly because?: Phrase;
  readonly templates: readonly string[];
  readonly containers: readonly ArrivingContainer[];
  /** What injection adds to a pod's requests. */
  readonly perPod: PodRequests;
  readonly warnings: readonly Phrase[];
  readonly refusals: readonly PreviewRefusal[];
  /** How many pods a Job or a run of a CronJob wants. */
  readonly parallelism?: number;
  /** A template that did not end within the engine's limits: nothing is known of what the real injector would do. */
  readonly endless?: { readonly template: string; readonly detail: string };
}

type Code = keyof typeof PREVIEW_PHRASES;
type Values<Key extends Code> = Readonly<Record<(typeof PREVIEW_PHRASES)[Key][number], string | number>>;

/** A phrase of the previews' catalog with exactly the values that its sentence names. */
export function tell<Key extends Code>(
  code: Key,
  ...[values]: (typeof PREVIEW_PHRASES)[Key]['length'] extends 0 ? readonly [] : readonly [values: Values<Key>]
): Phrase {
  return values === undefined ? { code: `preview.${code}` } : { code: `preview.${code}`, values };
}
