import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { refusalPhrase } from '@/lib/core/injection/engine/injection-refusal';
import { type JsonObject, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { say } from '@/lib/core/injection/say';
import { compareRendered } from './compare-rendered';
import { type PodMaker, toSentPod } from './rendered-pod';
import type { RenderingCheck } from './rendering-check';

/** What is to be rendered: a pod that runs, the next one of a maker, or both. */
export interface RenderingSubject {
  readonly running?: JsonObject;
  readonly maker?: PodMaker;
  readonly namespace: string;
  readonly namespaceAnnotations: Readonly<Record<string, string>>;
  /** The path of the webhook's URL behind `/inject`. */
  readonly path?: string;
}

/**
 * Renders a pod as the injector would make it now, and compares what runs with it.
 *
 * Output: `rendered` where nothing runs; `unchecked` with the reason where the two cannot be compared.
 * Never throws.
 */
export function checkRendering(injector: Injector, subject: RenderingSubject): RenderingCheck {
  const { running, maker, namespace, namespaceAnnotations, path } = subject;
  const sent = toSentPod(running, maker);
  if (sent.kind === 'moved') {
    return {
      kind: 'unchecked',
      because: say(running === undefined ? 'unchecked.no-template' : 'unchecked.template-changed'),
    };
  }
  const answer = injector.injectPod({
    pod: withNamespace(sent.pod, namespace),
    namespace,
    namespaceAnnotations,
    ...(path === undefined ? {} : { path }),
  });
  switch (answer.kind) {
    case 'skipped':
      return { kind: 'unchecked', because: say('unchecked.skipped') };
    case 'refused':
      return { kind: 'refused', reasons: answer.reasons.map(refusalPhrase) };
    case 'injected': {
      if (running === undefined) return { kind: 'rendered' };
      const differences = compareRendered({ sent: sent.pod, rendered: answer.pod, running });
      return differences.length === 0 ? { kind: 'same' } : { kind: 'differs', differences };
    }
  }
}

function withNamespace(pod: JsonObject, namespace: string): JsonObject {
  const metadata = objectAt(pod, 'metadata');
  return textAt(metadata, 'namespace') === '' ? { ...pod, metadata: { ...metadata, namespace } } : pod;
}
