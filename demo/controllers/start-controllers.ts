import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { type Controller, type ControllerContext, type RunningController, runController } from './controller';
import { createCronJobController } from './cron-job-controller';
import { createDaemonSetController } from './daemon-set-controller';
import { createDeploymentController } from './deployment-controller';
import { createEndpointController } from './endpoint-controller';
import { createEventRecorder } from './event-recorder';
import { createJobController } from './job-controller';
import { createKubelet } from './kubelet';
import { createNamespaceContentsController, type NamespaceContents } from './namespace-contents-controller';
import { createReplicaSetController, createReplicationControllerController } from './replica-set-controller';
import { createQuotaController } from './resource-quota-controller';
import { createScheduler } from './scheduler';
import { createStatefulSetController } from './stateful-set-controller';

export interface ControllerSettings {
  readonly store: Store;
  /** Creates an object as a client would, through defaults, webhooks and admission. */
  readonly create: (resource: string, object: NewObject) => Promise<KubeObject>;
  /** Objects kept in every namespace. */
  readonly namespaceContents: readonly NamespaceContents[];
  readonly readyDelayMs?: number;
  readonly retryBaseMs?: number;
  readonly retryMaxMs?: number;
  readonly now?: () => number;
}

/** A refused pod is tried again after 5 ms, then ever later, up to a minute (a real cluster goes up to 16 minutes). */
const RETRY_MAX_MS = 60_000;

/** Starts what makes a cluster behave: one controller per kind of workload, the scheduler, the kubelets. */
export function startControllers(settings: ControllerSettings): RunningController {
  const { store, create } = settings;
  const now = settings.now ?? Date.now;
  const context: ControllerContext = {
    store,
    createPod: (pod) => create('pods', pod),
    events: createEventRecorder(store, now),
    now,
    readyDelayMs: settings.readyDelayMs ?? 1_500,
    retryBaseMs: settings.retryBaseMs ?? 5,
    retryMaxMs: settings.retryMaxMs ?? RETRY_MAX_MS,
  };
  const controllers: Controller[] = [
    createNamespaceContentsController(context, settings.namespaceContents),
    createDeploymentController(context),
    createReplicaSetController(context),
    createReplicationControllerController(context),
    createStatefulSetController(context),
    createDaemonSetController(context),
    createJobController(context),
    createCronJobController(context, { createJob: (job) => create('jobs.batch', job) }),
    createScheduler(context),
    createKubelet(context),
    createEndpointController(context),
    createQuotaController(context),
  ];
  const running = controllers.map((controller) => runController(controller, context));
  return { stop: async () => void (await Promise.all(running.map((controller) => controller.stop()))) };
}
