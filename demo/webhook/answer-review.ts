import type { PodInjection } from '@/lib/core/injection/engine/inject-admission';
import { type JsonObject, type JsonValue, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import type { RunningInjector } from './running-injector';

const INJECT_PATH = '/inject';
const NO_CONFIGURATION = 'the sidecar injector has no configuration';

/**
 * Answers an AdmissionReview as istiod does: the same envelope, with the change as a JSON patch.
 *
 * Input: `path` is the URL's, from `/inject` on.
 */
export function answerReview(review: JsonValue, injector: RunningInjector, path = INJECT_PATH): JsonObject {
  const request = objectAt(review, 'request');
  const namespace = textAt(request, 'namespace');
  const answer = injector.injectPod({ pod: request.object ?? null, namespace, path: path.slice(INJECT_PATH.length) });
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    response: { uid: textAt(request, 'uid'), ...toResponse(answer) },
  };
}

function toResponse(answer: PodInjection | undefined): JsonObject {
  if (answer === undefined) return deny(NO_CONFIGURATION);
  switch (answer.kind) {
    case 'skipped':
      return { allowed: true };
    case 'refused':
      return deny(refusalText(answer));
    case 'injected': {
      const patch = Buffer.from(JSON.stringify(answer.patch)).toString('base64');
      return { allowed: true, patch, patchType: 'JSONPatch' };
    }
  }
}

/** The words with which istiod refuses a pod. */
export function refusalText({ reasons }: Extract<PodInjection, { kind: 'refused' }>): string {
  return reasons[0].text;
}

function deny(message: string): JsonObject {
  return { allowed: false, status: { metadata: {}, message } };
}
