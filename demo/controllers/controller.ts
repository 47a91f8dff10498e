import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import type { StoreEvent } from '@/demo/server/store-history';
import type { EventRecorder } from './event-recorder';
import { createWorkQueue, type WorkQueue } from './work-queue';

export interface ControllerContext {
  readonly store: Store;
  /** Creates a pod as a client would: through webhooks and admission. Rejects with an `ApiError`. */
  readonly createPod: (pod: NewObject) => Promise<KubeObject>;
  readonly events: EventRecorder;
  readonly now: () => number;
  /** How long a pod takes from its node to ready. */
  readonly readyDelayMs: number;
  /** First and longest wait between attempts to create a pod that is refused. */
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
}

/** What a controller gives: which keys a change concerns, and what to do about one key. */
export interface Controller {
  readonly name: string;
  /** Keys to look at when the controller starts. */
  readonly initialKeys: () => readonly string[];
  readonly keysOf: (event: StoreEvent) => readonly string[];
  readonly reconcile: (key: string, queue: WorkQueue) => Promise<void> | void;
}

export interface RunningController {
  stop(): Promise<void>;
}

/** Runs a controller on the store's changes. Costs nothing while nothing changes. */
export function runController(controller: Controller, context: ControllerContext): RunningController {
  const queue: WorkQueue = createWorkQueue((key) => controller.reconcile(key, queue), {
    retryBaseMs: context.retryBaseMs,
    retryMaxMs: context.retryMaxMs,
    onError: (key, error) => console.error(`${controller.name}: ${key}:`, error),
  });
  const unsubscribe = context.store.watch((event) => {
    for (const key of controller.keysOf(event)) queue.add(key);
  });
  for (const key of controller.initialKeys()) queue.add(key);
  return {
    stop: () => {
      unsubscribe();
      return queue.stop();
    },
  };
}
