import type { Phrase } from '@/lib/core/phrase';
import type { Remedy } from './list-remedies';
import { say } from './say';

/** Why the API server did not create a pod. */
export type RefusalCause =
  | 'webhook-connection-refused'
  | 'webhook-timeout'
  | 'webhook-no-service'
  | 'webhook-no-port'
  | 'webhook-no-endpoints'
  | 'webhook-certificate'
  | 'webhook-not-found'
  | 'webhook-failed'
  | 'injector-annotation'
  | 'injector-template'
  | 'injector-denied'
  | 'webhook-denied'
  | 'pod-security'
  | 'quota'
  | 'limit-range'
  | 'service-account'
  | 'invalid-pod'
  | 'other';

export interface Refusal {
  readonly cause: RefusalCause;
  readonly because: Phrase;
  /** The entry that was called, where the message names one. */
  readonly webhook?: string;
  /** The API server's own words. */
  readonly message: string;
  /** Whether injection has a part in it: `maybe` where the sidecar's share tips the scales, as with a quota. */
  readonly concernsInjection: 'yes' | 'maybe' | 'no';
  readonly remedies: readonly Remedy[];
}

interface Form {
  readonly cause: RefusalCause;
  readonly pattern: RegExp;
}

/** How a failed call of a webhook ends, in the API server's words. Source: recordings of Kubernetes 1.36. */
const CALL_FAILURES: readonly Form[] = [
  { cause: 'webhook-certificate', pattern: /tls: |x509: / },
  { cause: 'webhook-timeout', pattern: /context deadline exceeded|i\/o timeout|Client\.Timeout exceeded/ },
  { cause: 'webhook-connection-refused', pattern: /connection refused|connect: no route to host|connection reset/ },
  { cause: 'webhook-no-port', pattern: /no service port \d+ found/ },
  { cause: 'webhook-no-endpoints', pattern: /no endpoints available for service/ },
  { cause: 'webhook-no-service', pattern: /service "[^"]*" not found|no such host/ },
  { cause: 'webhook-not-found', pattern: /could not find the requested resource/ },
  { cause: 'webhook-failed', pattern: /^/ },
];

/** Refusals without a webhook. */
const ADMISSION_FORMS: readonly Form[] = [
  { cause: 'pod-security', pattern: /violates PodSecurity/ },
  { cause: 'quota', pattern: /exceeded quota|failed quota|must specify (limits|requests)/ },
  { cause: 'limit-range', pattern: /(maximum|minimum) \S+ usage per|limit to request ratio/ },
  { cause: 'service-account', pattern: /serviceaccount "[^"]*" not found|error looking up service account/ },
  { cause: 'invalid-pod', pattern: /^Pod "[^"]*" is invalid/ },
  { cause: 'other', pattern: /^/ },
];

const INJECTOR_FORMS: readonly Form[] = [
  { cause: 'injector-annotation', pattern: /invalid value '[\s\S]*' for annotation/ },
  { cause: 'injector-template', pattern: /requested template|template: inject:|failed to run injection template/ },
  { cause: 'injector-denied', pattern: /^/ },
];

const CALL_FAILED = /failed calling webhook "([^"]+)":\s*([\s\S]*)$/;
const DENIED = /admission webhook "([^"]+)" denied the request(?: without explanation)?:?\s*([\s\S]*)$/;
const PREFIX =
  /^(\(combined from similar events\): |Error creating: |Internal error occurred: |[Cc]reate Pod \S+ in StatefulSet \S+ failed error: )+/;
const INJECTOR_SUFFIX = 'sidecar-injector.istio.io';
const PROXY_PARTS = /"istio-(init|proxy|validation)"/;

/**
 * Reads why pods could not be created from an event's or a condition's message.
 *
 * Input: the message as the API server wrote it, with or without the controller's prefix.
 * Output: the cause, the webhook where one is named, and what helps. What is not recognised is `other`, with the message kept whole.
 * Never throws.
 */
export function parseRefusal(text: string): Refusal {
  const message = text.trim().replace(PREFIX, '');
  const failed = CALL_FAILED.exec(message);
  if (failed !== null) return readCallFailure(message, failed[1] ?? '', failed[2] ?? '');
  const denied = DENIED.exec(message);
  if (denied !== null) return readDenial(message, denied[1] ?? '', (denied[2] ?? '').trim());
  const cause = causeOf(ADMISSION_FORMS, message);
  return {
    cause,
    because: sayAdmission(cause, message),
    message,
    concernsInjection: judgeConcern(cause, message),
    remedies: remediesOf(cause, message),
  };
}

function readCallFailure(message: string, webhook: string, detail: string): Refusal {
  const cause = causeOf(CALL_FAILURES, detail);
  return {
    cause,
    because: sayCallFailure(cause, webhook),
    webhook,
    message,
    concernsInjection: webhook.endsWith(INJECTOR_SUFFIX) ? 'yes' : 'no',
    remedies: [{ action: 'repair-control-plane', text: say('remedy.repair-webhook', { webhook }) }],
  };
}

function readDenial(message: string, webhook: string, detail: string): Refusal {
  const isInjector = webhook.endsWith(INJECTOR_SUFFIX);
  const cause = isInjector ? causeOf(INJECTOR_FORMS, detail) : 'webhook-denied';
  const short = firstFinding(detail);
  return {
    cause,
    because: isInjector ? sayInjector(cause, short) : say('refusal.webhook-denied', { webhook, detail: short }),
    webhook,
    message,
    concernsInjection: isInjector ? 'yes' : 'no',
    remedies: remediesOf(cause, message),
  };
}

function causeOf(forms: readonly Form[], text: string): RefusalCause {
  return forms.find(({ pattern }) => pattern.test(text))?.cause ?? 'other';
}

/** The injector lists its findings under a heading; the first of them says the most. */
function firstFinding(detail: string): string {
  const [, finding] = /\*\s+([^\n]+)/.exec(detail) ?? [];
  return (finding ?? detail.replace(/^failed to run injection template:\s*/, '')).trim();
}

function sayCallFailure(cause: RefusalCause, webhook: string): Phrase {
  switch (cause) {
    case 'webhook-certificate':
      return say('refusal.webhook-certificate', { webhook });
    case 'webhook-timeout':
      return say('refusal.webhook-timeout', { webhook });
    case 'webhook-connection-refused':
      return say('refusal.webhook-connection-refused', { webhook });
    case 'webhook-no-port':
      return say('refusal.webhook-no-port', { webhook });
    case 'webhook-no-endpoints':
      return say('refusal.webhook-no-endpoints', { webhook });
    case 'webhook-no-service':
      return say('refusal.webhook-no-service', { webhook });
    case 'webhook-not-found':
      return say('refusal.webhook-not-found', { webhook });
    default:
      return say('refusal.webhook-failed', { webhook });
  }
}

function sayInjector(cause: RefusalCause, detail: string): Phrase {
  if (cause === 'injector-annotation') return say('refusal.injector-annotation', { detail });
  if (cause === 'injector-template') return say('refusal.injector-template', { detail });
  return say('refusal.injector-denied', { detail });
}

function sayAdmission(cause: RefusalCause, message: string): Phrase {
  const detail = message.replace(/^pods "[^"]*" is forbidden:\s*/, '').replace(/^Pod "[^"]*" is invalid:\s*/, '');
  switch (cause) {
    case 'pod-security':
      return say(PROXY_PARTS.test(message) ? 'refusal.pod-security-sidecar' : 'refusal.pod-security', { detail });
    case 'quota':
      return say('refusal.quota', { detail });
    case 'limit-range':
      return say('refusal.limit-range', { detail });
    case 'service-account':
      return say('refusal.service-account', { detail });
    case 'invalid-pod':
      return say('refusal.invalid-pod', { detail });
    default:
      return say('refusal.other', { detail });
  }
}

function judgeConcern(cause: RefusalCause, message: string): Refusal['concernsInjection'] {
  switch (cause) {
    case 'pod-security':
      return PROXY_PARTS.test(message) ? 'yes' : 'no';
    case 'invalid-pod':
      return /istio-proxy|spec\.containers: Required value/.test(message) ? 'yes' : 'no';
    case 'quota':
    case 'limit-range':
      return 'maybe';
    default:
      return 'no';
  }
}

function remediesOf(cause: RefusalCause, message: string): readonly Remedy[] {
  switch (cause) {
    case 'pod-security':
      return PROXY_PARTS.test(message) ? [{ action: 'use-cni', text: say('remedy.use-cni') }] : [readMessage()];
    case 'quota':
      return [{ action: 'raise-quota', text: say('remedy.raise-quota') }];
    case 'limit-range':
      return [{ action: 'raise-limit', text: say('remedy.raise-limit') }];
    case 'service-account':
      return [{ action: 'create-service-account', text: say('remedy.create-service-account') }];
    case 'injector-annotation':
      return [{ action: 'fix-annotation', text: say('remedy.fix-annotation') }];
    case 'injector-template':
    case 'invalid-pod':
      return [{ action: 'fix-template', text: say('remedy.fix-template') }];
    default:
      return [readMessage()];
  }
}

function readMessage(): Remedy {
  return { action: 'none', text: say('remedy.read-message') };
}
