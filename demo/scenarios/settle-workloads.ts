import type { ControllerContext } from '@/demo/controllers/controller';
import { createCronJobController } from '@/demo/controllers/cron-job-controller';
import { createDaemonSetController } from '@/demo/controllers/daemon-set-controller';
import { createDeploymentController } from '@/demo/controllers/deployment-controller';
import { createEndpointController } from '@/demo/controllers/endpoint-controller';
import { createJobController } from '@/demo/controllers/job-controller';
import {
  createNamespaceContentsController,
  type NamespaceContents,
} from '@/demo/controllers/namespace-contents-controller';
import { keyOf } from '@/demo/controllers/object-keys';
import {
  createReplicaSetController,
  createReplicationControllerController,
} from '@/demo/controllers/replica-set-controller';
import { createQuotaController } from '@/demo/controllers/resource-quota-controller';
import { createStatefulSetController } from '@/demo/controllers/stateful-set-controller';
import { RetryLater, type WorkQueue } from '@/demo/controllers/work-queue';
import type { Admission } from '@/demo/server/admission';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';

const IDLE_QUEUE: WorkQueue = { add: () => undefined, addAfter: () => undefined, stop: () => Promise.resolve() };

export interface SettlerSettings {
  readonly store: Store;
  readonly admission: Admission;
  readonly now: () => number;
  readonly namespaceContents: readonly NamespaceContents[];
  readonly createPod: (pod: NewObject) => KubeObject;
}

/** The cluster's own controllers, asked one object at a time instead of watching. */
export class Settler {
  readonly #store: Store;
  readonly #reconcile: Readonly<Record<string, (key: string) => Promise<void>>>;

  constructor(settings: SettlerSettings) {
    this.#store = settings.store;
    this.#reconcile = createReconcilers(settings);
  }

  /**
   * Looks at an object and at what it owns until nothing changes any more, or a pod is refused: each attempt names
   * another pod, so that a refused workload would never come to rest. Returns whether one was refused.
   */
  async settle(object: KubeObject): Promise<boolean> {
    const key = keyOf(object.metadata);
    let isRefused = false;
    for (let before = -1; before !== this.#store.resourceVersion && !isRefused; ) {
      before = this.#store.resourceVersion;
      isRefused = await this.look(object.kind, key);
      for (const owned of this.#store.dependents(object.metadata.uid)) {
        if (await this.#settleOwned(owned)) isRefused = true;
      }
    }
    if (isRefused) await this.look(object.kind, key);
    return isRefused;
  }

  /** Settles what depends on pods of many workloads. */
  async settleAll(): Promise<void> {
    for (const service of this.#store.list('services')) await this.look('Service', keyOf(service.metadata));
    for (const quota of this.#store.list('resourcequotas')) await this.look('ResourceQuota', keyOf(quota.metadata));
  }

  /** Returns whether a pod was refused; the running controller tries again later and tells of it. */
  async look(kind: string, key: string): Promise<boolean> {
    try {
      await this.#reconcile[kind]?.(key);
      return false;
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      return true;
    }
  }

  async #settleOwned(owned: KubeObject): Promise<boolean> {
    if (owned.kind !== 'Pod') return this.#reconcile[owned.kind] !== undefined && (await this.settle(owned));
    if (owned.metadata.deletionTimestamp !== undefined) {
      this.#store.delete('pods', owned.metadata, { gracePeriodSeconds: 0 });
    }
    return false;
  }
}

function createReconcilers({ store, admission, now, namespaceContents, createPod }: SettlerSettings) {
  const context: ControllerContext = {
    store,
    createPod: async (pod) => createPod(pod),
    events: { record: () => undefined },
    now,
    readyDelayMs: 0,
    retryBaseMs: 5,
    retryMaxMs: 5,
  };
  const createJob = (job: NewObject) => admission.createWithAdmission('jobs.batch', job, {});
  const controllers = {
    Namespace: createNamespaceContentsController(context, namespaceContents),
    Deployment: createDeploymentController(context),
    ReplicaSet: createReplicaSetController(context),
    ReplicationController: createReplicationControllerController(context),
    StatefulSet: createStatefulSetController(context),
    DaemonSet: createDaemonSetController(context),
    Job: createJobController(context),
    CronJob: createCronJobController(context, { createJob }),
    Service: createEndpointController(context),
    ResourceQuota: createQuotaController(context),
  };
  return Object.fromEntries(
    Object.entries(controllers).map(([kind, controller]) => [
      kind,
      async (key: string) => void (await controller.reconcile(key, IDLE_QUEUE)),
    ]),
  );
}
