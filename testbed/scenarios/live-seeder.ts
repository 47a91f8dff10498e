import { setTimeout as pause } from 'node:timers/promises';
import type { Age } from '@/demo/scenarios/cluster-clock';
import type { ControlPlane } from '@/demo/scenarios/control-plane';
import { LAST_APPLIED, withLastApplied } from '@/demo/scenarios/last-applied';
import type { Manager, PlaneInstallation, Seeder } from '@/demo/scenarios/seeder';
import { stringMapAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject, ObjectRef } from '@/demo/server/object-types';
import { atOnce } from './at-once';
import { awaitRest } from './await-rest';
import { fitObject, type LeftOut } from './fit-object';
import { isDescribed } from './is-described';
import { jobOfCronJob } from './job-of-cron-job';
import { expectSuccess, type LiveObjects } from './live-objects';
import { LivePlanes } from './live-planes';
import type { PlaneInstaller } from './real-planes';

export interface LiveSeederSettings {
  readonly objects: LiveObjects;
  readonly installer: PlaneInstaller | undefined;
  /** How long the controllers may take for what a story waits for. */
  readonly restWithinMs: number;
  readonly say: (line: string) => void;
}

/** What was done, in objects. */
export interface LiveTally {
  readonly written: number;
  /** Stood already as described, from an earlier application. */
  readonly standing: number;
  readonly leftOut: readonly LeftOut[];
}

const REQUESTS_AT_ONCE = 32;
const APPLY = 'application/apply-patch+yaml';
const SECOND_MS = 1_000;
const PROGRESS_MS = 5_000;

/**
 * Tells a scenario to a real cluster: objects are sent as the people of the story would send them, and what the cluster
 * makes of them is waited for only where the story goes on from there.
 *
 * Applying it again is fine: what stands as described stays, what differs is applied.
 */
export class LiveSeeder implements Seeder {
  readonly #settings: LiveSeederSettings;
  readonly #planes: LivePlanes;
  /** Namespaces in which something may still move. */
  readonly #moving = new Set<string>();
  readonly #leftOut: LeftOut[] = [];
  #written = 0;
  #standing = 0;
  /** When a label or webhook changed last; pods that are to be younger have to wait for the next second. */
  #changedAt = 0;

  constructor(settings: LiveSeederSettings) {
    this.#settings = settings;
    this.#planes = new LivePlanes(settings);
  }

  get tally(): LiveTally {
    return { written: this.#written, standing: this.#standing, leftOut: this.#leftOut };
  }

  /** Everything happens now. */
  at(_age: Age): void {}

  /** The server writes whole seconds, so that younger means: in a later second. */
  async pass(_ms: number): Promise<void> {
    const nextSecond = (Math.floor(this.#changedAt / SECOND_MS) + 1) * SECOND_MS;
    await pause(Math.max(0, nextSecond - Date.now()));
  }

  async together(stories: readonly (() => Promise<void>)[]): Promise<void> {
    let told = 0;
    const timer = setInterval(() => this.#settings.say(`  ${told} of ${stories.length} told …`), PROGRESS_MS);
    try {
      await atOnce(stories, REQUESTS_AT_ONCE, async (tell) => {
        await tell();
        told += 1;
      });
    } finally {
      clearInterval(timer);
    }
  }

  async has(resource: string, ref: ObjectRef): Promise<boolean> {
    const { objects } = this.#settings;
    return (await objects.find(await objects.pathOf(resource, ref))) !== undefined;
  }

  async create(told: NewObject, manager: Manager = 'kubectl-client-side-apply'): Promise<void> {
    const { objects } = this.#settings;
    const fit = await fitObject(objects, told);
    if (fit.isLeftOut) {
      this.#leftOut.push(fit.leftOut);
      return;
    }
    const body = manager === 'kubectl-client-side-apply' ? withLastApplied(fit.object) : fit.object;
    const collection = await objects.collectionOf(body);
    const query = fieldManager(manager);
    const answer = await objects.send({ method: 'POST', path: collection, query, body });
    const path = `${collection}/${body.metadata.name ?? ''}`;
    if (answer.status === 409) await this.#applyTo(path, body, query);
    else {
      expectSuccess(answer, `POST ${path}`);
      this.#written += 1;
    }
    if (fit.status !== undefined) await objects.merge(`${path}/status`, { status: fit.status }, query);
    if (body.kind === 'Namespace') this.#changedAt = Date.now();
  }

  async run(object: NewObject, manager?: Manager): Promise<void> {
    await this.create(object, manager);
    if (object.metadata.namespace !== undefined) this.#moving.add(object.metadata.namespace);
  }

  async label(resource: string, ref: ObjectRef, labels: Readonly<Record<string, string | null>>): Promise<void> {
    const { objects } = this.#settings;
    await this.#rest([resource === 'namespaces' ? ref.name : (ref.namespace ?? '')]);
    const path = await objects.pathOf(resource, ref);
    const now = stringMapAt(await objects.find(path), 'metadata', 'labels');
    if (Object.entries(labels).every(([key, value]) => (now[key] ?? null) === value)) return;
    await objects.merge(path, { metadata: { labels } }, fieldManager('kubectl-label'));
    this.#changedAt = Date.now();
  }

  async change(
    resource: string,
    ref: ObjectRef,
    change: (draft: KubeObject) => void,
    manager: Manager = 'kubectl-edit',
  ): Promise<void> {
    const { objects } = this.#settings;
    await objects.change(await objects.pathOf(resource, ref), change, fieldManager(manager));
    if (ref.namespace !== undefined) this.#moving.add(ref.namespace);
  }

  async restart(resource: string, ref: ObjectRef): Promise<void> {
    const { objects } = this.#settings;
    const restartedAt = `${new Date().toISOString().slice(0, 19)}Z`;
    const metadata = { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } };
    const patch = { spec: { template: { metadata } } };
    await objects.merge(await objects.pathOf(resource, ref), patch, fieldManager('kubectl-rollout'));
    if (ref.namespace !== undefined) this.#moving.add(ref.namespace);
  }

  /** Its controller keeps to the real time, so that a Job is made as `kubectl create job --from` makes one. */
  async tick(cronJob: ObjectRef): Promise<void> {
    const { objects } = this.#settings;
    const owner = await objects.find(await objects.pathOf('cronjobs.batch', cronJob));
    if (owner === undefined) throw new Error(`The CronJob ${cronJob.name} is not there.`);
    const jobs = await objects.list(`/apis/batch/v1/namespaces/${cronJob.namespace ?? 'default'}/jobs`);
    const job = jobOfCronJob(owner, jobs);
    if (job !== undefined) await this.run(job, 'kubectl-create');
  }

  async installPlane(plane: ControlPlane, installation?: PlaneInstallation): Promise<void> {
    this.#noteChange(await this.#planes.install(plane, installation));
  }

  async upgradePlane(plane: ControlPlane): Promise<void> {
    this.#noteChange(await this.#planes.upgrade(plane));
  }

  async tagPlane(tag: string, plane: ControlPlane): Promise<void> {
    this.#noteChange(await this.#planes.tag(tag, plane));
  }

  async whilePlaneRuns(former: ControlPlane, story: () => Promise<void>): Promise<void> {
    await this.settle();
    await this.#planes.whileRunning(former, async () => {
      await story();
      await this.settle();
    });
  }

  settle(): Promise<void> {
    return this.#rest([...this.#moving]);
  }

  async #applyTo(path: string, body: NewObject, query: { readonly fieldManager?: string }): Promise<void> {
    const { objects } = this.#settings;
    const stored = await objects.find(path);
    if (isDescribed(stored, body) || wasApplied(stored, body)) {
      this.#standing += 1;
      return;
    }
    const request = { method: 'PATCH', path, query: { ...query, force: true }, contentType: APPLY, body };
    const named = { ...request, query: { ...request.query, fieldManager: query.fieldManager ?? 'kubectl' } };
    expectSuccess(await objects.send(named), `PATCH ${path}`);
    this.#written += 1;
  }

  async #rest(names: readonly string[]): Promise<void> {
    const namespaces = names.filter((name) => this.#moving.has(name));
    if (namespaces.length === 0) return;
    const { objects, restWithinMs, say } = this.#settings;
    await awaitRest(objects, { namespaces, withinMs: restWithinMs, say });
    for (const name of namespaces) this.#moving.delete(name);
  }

  #noteChange(isChanged: boolean): void {
    if (isChanged) this.#changedAt = Date.now();
  }
}

/** Whether this very description was applied before: what differs now was changed later in the story. */
function wasApplied(stored: KubeObject | undefined, body: NewObject): boolean {
  const applied = body.metadata.annotations?.[LAST_APPLIED];
  return applied !== undefined && stored?.metadata.annotations?.[LAST_APPLIED] === applied;
}

function fieldManager(manager: Manager): { readonly fieldManager?: string } {
  return manager === 'none' ? {} : { fieldManager: manager };
}
