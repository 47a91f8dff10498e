import jsonPatch from 'fast-json-patch';
import { injectPod } from './inject-pod';
import type { InjectorConfig } from './injector-config';
import { isJsonObject, type JsonObject, objectAt, textAt } from './json-object';

/** Answers an AdmissionReview as istiod does: the same envelope, with the change as a JSON patch. */
export function answerReview(review: unknown, config: InjectorConfig): JsonObject {
  const request = objectAt(review, 'request');
  const pod = request.object;
  if (!isJsonObject(pod)) return envelope(request, deny('no pod in the request'));
  const namespace = textAt(objectAt(pod, 'metadata'), 'namespace') || textAt(request, 'namespace');
  const answer = injectPod(pod, namespace, config);
  switch (answer.kind) {
    case 'skipped':
      return envelope(request, { allowed: true });
    case 'refused':
      return envelope(request, deny(answer.message));
    case 'injected': {
      const patch = Buffer.from(JSON.stringify(jsonPatch.compare(pod, answer.pod))).toString('base64');
      return envelope(request, { allowed: true, patch, patchType: 'JSONPatch' });
    }
  }
}

function deny(message: string): JsonObject {
  return { allowed: false, status: { metadata: {}, message } };
}

function envelope(request: JsonObject, response: JsonObject): JsonObject {
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    response: { uid: textAt(request, 'uid'), ...response },
  };
}
