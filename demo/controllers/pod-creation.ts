import { ApiError } from '@/demo/server/api-error';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { ControllerContext } from './controller';

export interface CreationPlan {
  readonly owner: KubeObject;
  readonly component: string;
  readonly pods: readonly NewObject[];
}

export interface CreationOutcome {
  readonly created: number;
  readonly failure?: string;
}

/**
 * Creates pods in batches of 1, 2, 4 and so on, and stops after a batch in which one was refused.
 *
 * Source: Kubernetes, pkg/controller/replicaset/replica_set.go, slowStartBatch.
 */
export async function createPods(context: ControllerContext, plan: CreationPlan): Promise<CreationOutcome> {
  let created = 0;
  for (let size = 1, start = 0; start < plan.pods.length; start += size, size *= 2) {
    const batch = plan.pods.slice(start, start + size);
    const outcomes = await Promise.all(batch.map((pod) => createOne(context, plan, pod)));
    const failure = outcomes.find((outcome) => outcome !== undefined);
    created += outcomes.filter((outcome) => outcome === undefined).length;
    if (failure !== undefined) return { created, failure };
  }
  return { created };
}

/** The refusal's message, or undefined when the pod was created. */
async function createOne(
  context: ControllerContext,
  { owner, component }: CreationPlan,
  pod: NewObject,
): Promise<string | undefined> {
  try {
    const { name } = (await context.createPod(pod)).metadata;
    const message = `Created pod: ${name}`;
    context.events.record(owner, { component, type: 'Normal', reason: 'SuccessfulCreate', message });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `Error creating: ${error.message}`;
    // A namespace on its way out refuses everything; real controllers keep quiet about it.
    const isEnding = error.details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') === true;
    if (!isEnding) context.events.record(owner, { component, type: 'Warning', reason: 'FailedCreate', message });
    return error.message;
  }
}

/** Deletes pods on behalf of their owner. */
export function deletePods(context: ControllerContext, owner: KubeObject, component: string, pods: KubeObject[]): void {
  for (const pod of pods) {
    context.store.delete('pods', pod.metadata);
    const message = `Deleted pod: ${pod.metadata.name}`;
    context.events.record(owner, { component, type: 'Normal', reason: 'SuccessfulDelete', message });
  }
}
