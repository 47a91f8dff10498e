import type { NamespaceContents } from '@/demo/controllers/namespace-contents-controller';
import { createNodeAddresses } from '@/demo/controllers/node-addresses';
import { toTime } from '@/demo/controllers/object-keys';
import { createPodPlugins } from '@/demo/controllers/pod-plugins';
import { createNodePicker } from '@/demo/controllers/scheduler';
import type { Admission } from '@/demo/server/admission';
import { recordAt } from '@/demo/server/json-access';
import { resourceId } from '@/demo/server/kind-row';
import type { KubeObject, NewObject, ObjectRef } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import type { Age, ClusterClock } from './cluster-clock';
import type { ClusterInjectors } from './cluster-injectors';
import type { ControlPlane } from './control-plane';
import { DemoPlanes } from './demo-planes';
import { withLastApplied } from './last-applied';
import { createPodSeeder } from './seed-pod';
import type { Manager, PlaneInstallation, Seeder } from './seeder';
import { Settler } from './settle-workloads';

export interface DemoSeederSettings {
  readonly store: Store;
  readonly admission: Admission;
  readonly clock: ClusterClock;
  readonly namespaceContents: readonly NamespaceContents[];
  readonly injectors: ClusterInjectors;
  /** The demo's CA in base64, as webhook configurations carry it. */
  readonly caBundle: string;
}

/** Tells stories to the demo cluster before it runs. */
export interface DemoSeeder extends Seeder {
  /** The time of what is being told. */
  now(): number;
}

const managed = (manager: Manager) => (manager === 'none' ? {} : { manager });
const STORIES_PER_TURN = 20;

/**
 * Tells the past of a cluster: each step happens at the clock's time, and workloads are settled when it returns.
 *
 * The controllers that run the cluster do the work, with a clock set back and pods that start at once,
 * so what a scenario leaves behind is what the running controllers would have made.
 */
class StoreSeeder implements DemoSeeder {
  readonly #settings: DemoSeederSettings;
  readonly #planes: DemoPlanes;
  readonly #settler: Settler;
  readonly #createPod: (pod: NewObject) => KubeObject;

  constructor(settings: DemoSeederSettings) {
    const { store, admission, clock, namespaceContents, injectors, caBundle } = settings;
    this.#settings = settings;
    this.#planes = new DemoPlanes({ store, injectors, caBundle, seeder: this });
    this.#createPod = createPodSeeder({
      store,
      clock,
      injectors,
      plugins: createPodPlugins(store),
      picker: createNodePicker(store),
      addresses: createNodeAddresses(store),
    });
    this.#settler = new Settler({ store, admission, now: clock.now, namespaceContents, createPod: this.#createPod });
  }

  now(): number {
    return this.#settings.clock.now();
  }

  at(age: Age): void {
    this.#settings.clock.setBack(age);
  }

  async pass(ms: number): Promise<void> {
    this.#settings.clock.advance(ms);
  }

  async together(stories: readonly (() => Promise<void>)[]): Promise<void> {
    for (const [index, tell] of stories.entries()) {
      await tell();
      // Others want to answer meanwhile.
      if (index % STORIES_PER_TURN === STORIES_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async has(resource: string, ref: ObjectRef): Promise<boolean> {
    return this.#settings.store.get(resource, ref) !== undefined;
  }

  async create(object: NewObject, manager?: Manager): Promise<void> {
    await this.#create(object, manager);
  }

  async run(object: NewObject, manager?: Manager): Promise<void> {
    await this.#settler.settle(await this.#create(object, manager));
  }

  async label(resource: string, ref: ObjectRef, labels: Readonly<Record<string, string | null>>): Promise<void> {
    const change = (draft: KubeObject) => {
      const kept = Object.entries({ ...draft.metadata.labels, ...labels }).filter(([, value]) => value !== null);
      draft.metadata.labels = Object.fromEntries(kept.map(([key, value]) => [key, value ?? '']));
    };
    this.#settings.store.modify(resource, ref, change, managed('kubectl-label'));
  }

  async change(
    resource: string,
    ref: ObjectRef,
    change: (draft: KubeObject) => void,
    manager: Manager = 'kubectl-edit',
  ): Promise<void> {
    const changed = this.#settings.store.modify(resource, ref, change, managed(manager));
    if (changed !== undefined) await this.#settler.settle(changed);
  }

  async restart(resource: string, ref: ObjectRef): Promise<void> {
    const restartedAt = toTime(this.now());
    const change = (draft: KubeObject) => {
      const template = recordAt(draft, 'spec', 'template');
      const metadata = recordAt(template, 'metadata');
      const annotations = { ...recordAt(metadata, 'annotations'), 'kubectl.kubernetes.io/restartedAt': restartedAt };
      draft.spec = { ...draft.spec, template: { ...template, metadata: { ...metadata, annotations } } };
    };
    await this.change(resource, ref, change, 'kubectl-rollout');
  }

  async tick(cronJob: ObjectRef): Promise<void> {
    const found = this.#settings.store.get('cronjobs.batch', cronJob);
    if (found !== undefined) await this.#settler.settle(found);
  }

  installPlane(plane: ControlPlane, installation?: PlaneInstallation): Promise<void> {
    return this.#planes.install(plane, installation);
  }

  upgradePlane(plane: ControlPlane): Promise<void> {
    return this.#planes.upgrade(plane);
  }

  tagPlane(tag: string, plane: ControlPlane): Promise<void> {
    return this.#planes.tag(tag, plane);
  }

  whilePlaneRuns(former: ControlPlane, story: () => Promise<void>): Promise<void> {
    return this.#planes.whileRunning(former, story);
  }

  settle(): Promise<void> {
    return this.#settler.settleAll();
  }

  async #create(object: NewObject, manager: Manager = 'kubectl-client-side-apply'): Promise<KubeObject> {
    const named = manager === 'kubectl-client-side-apply' ? withLastApplied(object) : object;
    if (named.kind === 'Pod') return this.#createPod(named);
    const options = { keepStatus: true, ...managed(manager) };
    const created = await this.#settings.admission.createWithAdmission(this.#resourceOf(object), named, options);
    if (created.kind === 'Namespace') await this.#settler.look('Namespace', created.metadata.name);
    return created;
  }

  #resourceOf(object: NewObject): string {
    const group = object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
    const { kinds } = this.#settings.store;
    const row = kinds.find((candidate) => candidate.kind === object.kind && candidate.group === group);
    if (row === undefined) throw new Error(`This cluster has no kind ${object.apiVersion} ${object.kind}.`);
    return resourceId(row);
  }
}

export function createDemoSeeder(settings: DemoSeederSettings): DemoSeeder {
  return new StoreSeeder(settings);
}
