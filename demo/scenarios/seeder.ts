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
import { createNodeAddresses } from '@/demo/controllers/node-addresses';
import { keyOf, toTime } from '@/demo/controllers/object-keys';
import { createPodPlugins } from '@/demo/controllers/pod-plugins';
import {
  createReplicaSetController,
  createReplicationControllerController,
} from '@/demo/controllers/replica-set-controller';
import { createQuotaController } from '@/demo/controllers/resource-quota-controller';
import { createNodePicker } from '@/demo/controllers/scheduler';
import { createStatefulSetController } from '@/demo/controllers/stateful-set-controller';
import { RetryLater, type WorkQueue } from '@/demo/controllers/work-queue';
import type { Admission } from '@/demo/server/admission';
import { recordAt } from '@/demo/server/json-access';
import { resourceId } from '@/demo/server/kind-row';
import type { KubeObject, NewObject, ObjectRef } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import type { InjectorConfig } from '@/demo/webhook/injector-config';
import type { Age, ClusterClock } from './cluster-clock';
import { createPodSeeder } from './seed-pod';

export interface SeederSettings {
  readonly store: Store;
  readonly admission: Admission;
  readonly clock: ClusterClock;
  readonly namespaceContents: readonly NamespaceContents[];
}

/** Who writes an object, as its managedFields show. */
export type Manager =
  | 'kubectl-edit'
  | 'kubectl-rollout'
  | 'kubectl-client-side-apply'
  | 'helm'
  | 'argocd-controller'
  | 'kubectl-label'
  | 'kubectl-create'
  | 'none';

/**
 * Tells the past of a cluster: each step happens at the clock's time, and workloads are settled when it returns.
 *
 * The controllers that run the cluster do the work, with a clock set back and pods that start at once,
 * so what a scenario leaves behind is what the running controllers would have made.
 */
export interface Seeder {
  readonly store: Store;
  readonly clock: ClusterClock;
  /** Sets the clock to a time before now. */
  at(age: Age): void;
  create(object: NewObject, manager?: Manager): Promise<KubeObject>;
  /** Creates a workload or Service and all that follows from it. */
  run(object: NewObject, manager?: Manager): Promise<KubeObject>;
  createPod(pod: NewObject): KubeObject;
  /** Sets or (`null`) removes labels. */
  label(resource: string, name: string, labels: Readonly<Record<string, string | null>>, manager?: Manager): void;
  /** Changes a workload and lets what follows happen. */
  change(resource: string, ref: ObjectRef, change: (draft: KubeObject) => void, manager?: Manager): Promise<void>;
  /** Restarts a workload's pods as `kubectl rollout restart` does. */
  restart(resource: string, ref: ObjectRef): Promise<void>;
  /** Looks at a CronJob as its controller would at the clock's time. */
  tick(cronJob: ObjectRef): Promise<void>;
  /** From now on this injector (or nobody) answers behind a Service of istio-system. */
  setInjector(serviceName: string, config: InjectorConfig | undefined): void;
  /** Settles what depends on pods of many workloads. */
  settleEndpoints(): Promise<void>;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const IDLE_QUEUE: WorkQueue = { add: () => undefined, addAfter: () => undefined, stop: () => Promise.resolve() };

class ClusterSeeder implements Seeder {
  readonly store: Store;
  readonly clock: ClusterClock;
  readonly createPod: (pod: NewObject) => KubeObject;
  private readonly settings: SeederSettings;
  private readonly injectors = new Map<string, InjectorConfig>();
  private readonly reconcile: Readonly<Record<string, (key: string) => Promise<void>>>;

  constructor(settings: SeederSettings) {
    this.settings = settings;
    this.store = settings.store;
    this.clock = settings.clock;
    const { store, clock } = settings;
    const pods = createPodSeeder({
      store,
      clock,
      injectorOf: (name) => this.injectors.get(name),
      plugins: createPodPlugins(store),
      picker: createNodePicker(store),
      addresses: createNodeAddresses(store),
    });
    this.createPod = pods;
    this.reconcile = createReconcilers(settings, {
      store,
      createPod: async (pod) => pods(pod),
      events: { record: () => undefined },
      now: clock.now,
      readyDelayMs: 0,
      retryBaseMs: 5,
      retryMaxMs: 5,
    });
  }

  at(age: Age): void {
    this.clock.setBack(age);
  }

  async create(object: NewObject, manager: Manager = 'kubectl-client-side-apply'): Promise<KubeObject> {
    const resource = this.resourceOf(object);
    const named = manager === 'kubectl-client-side-apply' ? withLastApplied(object) : object;
    if (named.kind === 'Pod') return this.createPod(named);
    const options = { keepStatus: true, ...(manager === 'none' ? {} : { manager }) };
    const created = await this.settings.admission.createWithAdmission(resource, named, options);
    if (created.kind === 'Namespace') await this.look('Namespace', created.metadata.name);
    return created;
  }

  async run(object: NewObject, manager?: Manager): Promise<KubeObject> {
    const created = await this.create(object, manager);
    await this.settle(created);
    return this.store.get(this.resourceOf(created), created.metadata) ?? created;
  }

  label(
    resource: string,
    name: string,
    labels: Readonly<Record<string, string | null>>,
    manager: Manager = 'kubectl-label',
  ): void {
    const change = (draft: KubeObject) => {
      const next = { ...draft.metadata.labels };
      for (const [key, value] of Object.entries(labels)) {
        if (value === null) delete next[key];
        else next[key] = value;
      }
      draft.metadata.labels = next;
    };
    this.store.modify(resource, { name }, change, manager === 'none' ? {} : { manager });
  }

  async change(
    resource: string,
    ref: ObjectRef,
    change: (draft: KubeObject) => void,
    manager: Manager = 'kubectl-edit',
  ): Promise<void> {
    const changed = this.store.modify(resource, ref, change, manager === 'none' ? {} : { manager });
    if (changed !== undefined) await this.settle(changed);
  }

  async restart(resource: string, ref: ObjectRef): Promise<void> {
    const restartedAt = toTime(this.clock.now());
    const change = (draft: KubeObject) => {
      const template = recordAt(draft, 'spec', 'template');
      const metadata = recordAt(template, 'metadata');
      const annotations = { ...recordAt(metadata, 'annotations'), 'kubectl.kubernetes.io/restartedAt': restartedAt };
      draft.spec = { ...draft.spec, template: { ...template, metadata: { ...metadata, annotations } } };
    };
    await this.change(resource, ref, change, 'kubectl-rollout');
  }

  async tick(cronJob: ObjectRef): Promise<void> {
    const found = this.store.get('cronjobs.batch', cronJob);
    if (found !== undefined) await this.settle(found);
  }

  setInjector(serviceName: string, config: InjectorConfig | undefined): void {
    if (config === undefined) this.injectors.delete(serviceName);
    else this.injectors.set(serviceName, config);
  }

  async settleEndpoints(): Promise<void> {
    for (const service of this.store.list('services')) await this.look('Service', keyOf(service.metadata));
    for (const quota of this.store.list('resourcequotas')) await this.look('ResourceQuota', keyOf(quota.metadata));
  }

  /**
   * Looks at an object and at what it owns until nothing changes any more, or a pod is refused: each attempt names
   * another pod, so that a refused workload would never come to rest. Returns whether one was refused.
   */
  private async settle(object: KubeObject): Promise<boolean> {
    const key = keyOf(object.metadata);
    let isRefused = false;
    for (let before = -1; before !== this.store.resourceVersion && !isRefused; ) {
      before = this.store.resourceVersion;
      isRefused = await this.look(object.kind, key);
      for (const owned of this.store.dependents(object.metadata.uid)) {
        if (await this.settleOwned(owned)) isRefused = true;
      }
    }
    if (isRefused) await this.look(object.kind, key);
    return isRefused;
  }

  private async settleOwned(owned: KubeObject): Promise<boolean> {
    if (owned.kind !== 'Pod') return this.reconcile[owned.kind] !== undefined && (await this.settle(owned));
    if (owned.metadata.deletionTimestamp !== undefined) this.removePod(owned);
    return false;
  }

  private removePod(pod: KubeObject): void {
    this.store.delete('pods', pod.metadata, { gracePeriodSeconds: 0 });
  }

  /** Returns whether a pod was refused; the running controller tries again later and tells of it. */
  private async look(kind: string, key: string): Promise<boolean> {
    try {
      await this.reconcile[kind]?.(key);
      return false;
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      return true;
    }
  }

  private resourceOf(object: NewObject): string {
    const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
    const row = this.store.kinds.find((candidate) => candidate.kind === object.kind && candidate.group === group);
    if (row === undefined) throw new Error(`This cluster has no kind ${object.apiVersion} ${object.kind}.`);
    return resourceId(row);
  }
}

function createReconcilers(settings: SeederSettings, context: ControllerContext) {
  const { admission, namespaceContents } = settings;
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

/** The object with the annotation that `kubectl apply` leaves. */
function withLastApplied(object: NewObject): NewObject {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const { creationTimestamp: _time, ...written } = metadata;
  const applied = {
    apiVersion,
    kind,
    metadata: { annotations: {}, ...written },
    ...rest,
    ...(spec === undefined ? {} : { spec }),
  };
  const annotations = { ...metadata.annotations, [LAST_APPLIED]: `${JSON.stringify(applied)}\n` };
  return { ...object, metadata: { ...metadata, annotations } };
}

export function createSeeder(settings: SeederSettings): Seeder {
  return new ClusterSeeder(settings);
}
