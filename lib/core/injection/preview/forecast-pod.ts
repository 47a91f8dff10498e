import { explainDecision } from '@/lib/core/injection/decide-injection';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { type PodInjection, toAdmittedPod } from '@/lib/core/injection/engine/inject-admission';
import { type Refusal, refusalPhrase } from '@/lib/core/injection/engine/injection-refusal';
import {
  fieldOf,
  type JsonObject,
  type JsonValue,
  objectAt,
  objectsAt,
  textAt,
} from '@/lib/core/injection/engine/json-types';
import { formatCpu, formatMemory } from '@/lib/core/kube/parse-quantity';
import { type PodRequests, sumPodRequests } from '@/lib/core/pod/pod-requests';
import type { Result } from '@/lib/core/result';
import { findPodSecurityRefusal } from './find-pod-security-refusal';
import { isNativeAt } from './is-native-at';
import { podToCome } from './pod-to-come';
import type { Amounts, ArrivingContainer, PodForecast, PreviewPlace, PreviewSubject } from './preview-types';

/** A subject as it was sent and what injection made of it. */
export interface RenderedSubject {
  readonly before: JsonObject;
  readonly injection: PodInjection;
  readonly parallelism?: number;
}

export const NO_REQUESTS: PodRequests = { cpuCores: 0, memoryBytes: 0 };

/**
 * Does with the next pod of a subject what the webhook does that is called for it.
 *
 * Fails where the object is none that makes pods. Never throws.
 */
export function renderSubject(
  injector: Injector,
  subject: PreviewSubject,
  place: PreviewPlace,
): Result<RenderedSubject> {
  const object: JsonValue = JSON.parse(subject.object);
  const before = podToCome(object);
  if (!before.ok) return before;
  const { path, isNative } = isNativeAt(injector, subject.webhook);
  const injection = injector.injectPod({
    pod: before.value,
    namespace: place.name,
    namespaceAnnotations: place.annotations,
    path,
    nativeSidecars: isNative,
  });
  const parallelism = parallelismOf(subject.kind, object);
  return {
    ok: true,
    value: { before: before.value, injection, ...(parallelism === undefined ? {} : { parallelism }) },
  };
}

/** Says in short what became of a subject. */
export function forecastPod(injector: Injector, rendered: RenderedSubject, place: PreviewPlace): PodForecast {
  const { before, injection, parallelism } = rendered;
  const base = {
    templates: [],
    containers: [],
    perPod: NO_REQUESTS,
    warnings: [],
    refusals: [],
    ...(parallelism === undefined ? {} : { parallelism }),
  };
  switch (injection.kind) {
    case 'skipped': {
      const admitted = { ...toAdmittedPod(injection.pod), namespace: place.name };
      return {
        ...base,
        outcome: 'skipped',
        because: explainDecision(injection.decision, admitted, injector.input.settings),
      };
    }
    case 'refused': {
      const endless = findEndless(injection.reasons);
      const refusals = injection.reasons.map((reason) => ({
        by: 'injector' as const,
        because: refusalPhrase(reason),
        text: reason.text,
      }));
      return { ...base, outcome: 'refused', refusals, ...(endless === undefined ? {} : { endless }) };
    }
    case 'injected': {
      const refusal = findPodSecurityRefusal(before, injection.pod, place);
      return {
        ...base,
        outcome: 'injected',
        templates: injection.stages.rendered.map(({ name }) => name),
        containers: listArriving(before, injection.pod),
        perPod: difference(sumPodRequests(objectAt(injection.pod, 'spec')), sumPodRequests(objectAt(before, 'spec'))),
        warnings: injection.warnings,
        refusals: refusal === undefined ? [] : [refusal],
      };
    }
  }
}

/** Cores and bytes in Kubernetes' spelling. */
export function toAmounts({ cpuCores, memoryBytes }: PodRequests): Amounts {
  return { cpu: formatCpu(cpuCores), memory: formatMemory(memoryBytes) };
}

function difference(after: PodRequests, before: PodRequests): PodRequests {
  return { cpuCores: after.cpuCores - before.cpuCores, memoryBytes: after.memoryBytes - before.memoryBytes };
}

function findEndless(reasons: readonly Refusal[]): PodForecast['endless'] {
  const found = reasons.find(({ isLimit }) => isLimit === true);
  return found && { template: String(found.values.template), detail: String(found.values.detail) };
}

function parallelismOf(kind: string, object: JsonValue): number | undefined {
  const spec = objectAt(object, 'spec');
  if (kind !== 'Job' && kind !== 'CronJob') return undefined;
  const parallelism = fieldOf(kind === 'Job' ? spec : objectAt(objectAt(spec, 'jobTemplate'), 'spec'), 'parallelism');
  return typeof parallelism === 'number' ? parallelism : 1;
}

/** Containers that the pod did not have before, in start order. */
function listArriving(before: JsonObject, after: JsonObject): readonly ArrivingContainer[] {
  const [old, made] = [objectAt(before, 'spec'), objectAt(after, 'spec')];
  const known = new Set([...objectsAt(old, 'initContainers'), ...objectsAt(old, 'containers')].map(nameOf));
  const arriving = (key: string, roleOf: (container: JsonObject) => ArrivingContainer['role']) =>
    objectsAt(made, key)
      .filter((container) => !known.has(nameOf(container)))
      .map(
        (container): ArrivingContainer => ({
          name: nameOf(container),
          image: textAt(container, 'image'),
          role: roleOf(container),
          requests: toAmounts(sumPodRequests({ containers: [{ ...container, name: nameOf(container) }] })),
        }),
      );
  return [
    ...arriving('initContainers', (container) => (textAt(container, 'restartPolicy') === 'Always' ? 'native' : 'init')),
    ...arriving('containers', () => 'sidecar'),
  ];
}

function nameOf(container: JsonObject): string {
  return textAt(container, 'name');
}
