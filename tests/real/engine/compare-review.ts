import { isDeepStrictEqual } from 'node:util';
import jsonPatch, { type Operation } from 'fast-json-patch';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import type { JsonValue } from '@/lib/core/injection/engine/json-types';
import type { WebhookAnswer } from '@/testbed/open-webhook';
import { orderFaults } from './order-faults';
import type { RandomReview } from './random-pod';

/** What became of a pod: as the API server reads it afterwards, or the words of the refusal. */
export type ReviewOutcome =
  | { readonly kind: 'injected' | 'skipped'; readonly pod: unknown }
  | { readonly kind: 'refused'; readonly faults: readonly string[] };

/** The outcome that the real webhook's answer amounts to. */
export function realOutcome(pod: unknown, answer: WebhookAnswer): ReviewOutcome {
  if (!answer.isAllowed) return { kind: 'refused', faults: orderFaults(answer.message) };
  const kind = answer.patch.length === 0 ? 'skipped' : 'injected';
  return { kind, pod: applied(pod, answer.patch as readonly Operation[]) };
}

/** The outcome that the engine's answer amounts to; its patch has to make the pod that it names. */
export function ownOutcome(injector: Injector, review: RandomReview, nativeSidecars: boolean): ReviewOutcome {
  const { namespace, path } = review;
  const pod = review.pod as JsonValue;
  const answer = injector.injectPod({ pod, namespace, path, nativeSidecars });
  switch (answer.kind) {
    case 'refused':
      return { kind: 'refused', faults: orderFaults(answer.reasons[0].text) };
    case 'skipped':
      return { kind: 'skipped', pod: asRead(pod) };
    case 'injected': {
      const patched = applied(pod, answer.patch as readonly Operation[]);
      const named = asRead(answer.pod);
      const isSame = ['metadata', 'spec'].every((key) => isDeepStrictEqual(patched[key], named[key]));
      return { kind: 'injected', pod: isSame ? patched : { patched, named } };
    }
  }
}

function applied(pod: unknown, patch: readonly Operation[]): Record<string, unknown> {
  return asRead(jsonPatch.applyPatch(structuredClone(pod), [...patch]).newDocument as JsonValue);
}

/** What a field's type says of an empty or unknown value is the reader's matter and not the patch's. */
function asRead(pod: JsonValue): Record<string, unknown> {
  const decoded = decodeKube('Pod', pod);
  if (!decoded.ok) throw new Error(`An injected pod is none: ${decoded.faults[0].text}`);
  const { managedFields: _dropped, ...metadata } = decoded.value.metadata as Record<string, JsonValue>;
  return JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...decoded.value, metadata }));
}
