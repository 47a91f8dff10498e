import type { NewObject } from '@/demo/server/object-types';
import type { RunningInjector } from '@/demo/webhook/running-injector';
import type { PodInjection } from '@/lib/core/injection/engine/inject-admission';

/** The one name that differs between the pods of a workload before they have names of their own. */
const TOKEN_VOLUME = /kube-api-access-[a-z0-9]{5}/;
const STAND_IN = 'kube-api-access-00000';

interface Known {
  readonly injector: RunningInjector;
  readonly generation: number;
  readonly request: string;
  readonly answer: PodInjection;
  /** The injected pod as text; empty where there is none. */
  readonly pod: string;
}

/** What came of a pod; the pod as text where one was injected. */
export interface ReplicaAnswer {
  readonly answer: PodInjection;
  readonly pod: string;
}

/**
 * Asks injectors, and asks once for pods that follow each other and differ in no more than the name of their token's volume.
 *
 * A story with thousands of pods has few different ones.
 */
export class ReplicaInjector {
  #last: Known | undefined;

  inject(injector: RunningInjector, pod: NewObject): ReplicaAnswer | undefined {
    const text = JSON.stringify(pod);
    const volume = TOKEN_VOLUME.exec(text)?.[0] ?? STAND_IN;
    const known = this.#ask(injector, text.replaceAll(volume, STAND_IN), pod.metadata.namespace ?? 'default');
    return known === undefined ? undefined : { answer: known.answer, pod: known.pod.replaceAll(STAND_IN, volume) };
  }

  #ask(injector: RunningInjector, request: string, namespace: string): Known | undefined {
    const { generation } = injector;
    const last = this.#last;
    if (last?.injector === injector && last.generation === generation && last.request === request) return last;
    const answer = injector.injectPod({ pod: JSON.parse(request), namespace });
    if (answer === undefined) return undefined;
    const pod = answer.kind === 'injected' ? JSON.stringify(answer.pod) : '';
    this.#last = { injector, generation, request, answer, pod };
    return this.#last;
  }
}
