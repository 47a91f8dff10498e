import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { InjectionFault } from '@/lib/core/injection/engine/injection-refusal';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import type { WorkloadKind } from '@/lib/core/injection/engine/workload-kinds';
import type { InjectionEngine } from '@/lib/core/injection/open-injector';
import { podOfWorkload, withPod } from '@/lib/core/injection/pod-of-workload';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { type PodPlace, podAt, podPlaces, withPodAt } from './uninject-workload';

/** What injection makes of a pod that was un-injected. */
export interface Reinjected {
  readonly pod: JsonObject;
  /** What the templates alone brought. */
  readonly templatePod: JsonObject;
}

/** Injects a candidate in the place of the pod that was found; undefined where the injector would not take it. */
export type Reinject = (candidate: JsonObject) => Reinjected | undefined;

/** A candidate for the author's pod, and how far injecting it is from the pod that was found. */
export interface Trial {
  readonly pod: JsonObject;
  readonly made?: Reinjected;
  readonly differences: readonly string[];
}

export type Try = (pod: JsonObject) => Trial;

export interface ReinjectTarget {
  readonly kind: WorkloadKind;
  readonly object: JsonObject;
  readonly place: PodPlace;
  readonly engine: InjectionEngine;
  /** Of objects that name none, for the webhook. */
  readonly namespace?: string;
  readonly namespaceAnnotations?: Readonly<Record<string, string>>;
}

/** Whether the sidecar of a pod is a native one decides how it is injected again. */
function isNative(pod: JsonObject): boolean {
  return objectsAt(objectAt(pod, 'spec'), 'initContainers').some((each) => textAt(each, 'name') === PROXY_CONTAINER);
}

/** Makes the injection of a configuration one that candidates for one object can be tried with. */
export function toReinject(injector: Injector, target: ReinjectTarget): Reinject {
  const { kind, object, place, engine } = target;
  const nativeSidecars = isNative(podAt(object, place));
  return (candidate) => {
    const written = withPodAt(object, place, candidate);
    return engine === 'webhook'
      ? byWebhook(injector, target, written, nativeSidecars)
      : byKubeInject(injector, kind, written, nativeSidecars);
  };
}

function byWebhook(
  injector: Injector,
  { kind, place, namespace = '', namespaceAnnotations = {} }: ReinjectTarget,
  written: JsonObject,
  nativeSidecars: boolean,
): Reinjected | undefined {
  const own = textAt(objectAt(written, 'metadata'), 'namespace');
  const answer = injector.injectPod({
    pod: podOfWorkload(kind, written),
    namespace: own === '' ? namespace : own,
    namespaceAnnotations,
    nativeSidecars,
  });
  if (answer.kind !== 'injected') return undefined;
  return { pod: podAt(withPod(kind, written, answer.pod), place), templatePod: answer.stages.templatePod };
}

function byKubeInject(
  injector: Injector,
  kind: WorkloadKind,
  written: JsonObject,
  nativeSidecars: boolean,
): Reinjected | undefined {
  try {
    const { injection, object } = injector.injectObject(kind, written, nativeSidecars);
    const [last] = podPlaces(kind).slice(-1);
    if (injection.kind !== 'injected' || last === undefined || !isObject(object)) return undefined;
    return { pod: podAt(object, last), templatePod: injection.stages.templatePod };
  } catch (error) {
    if (error instanceof InjectionFault) return undefined;
    throw error;
  }
}
