import { numberAt, recordAt, recordsAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import type { Controller, ControllerContext } from './controller';
import { nextRun, parseCronSchedule } from './cron-schedule';
import { isJobFinished } from './job-controller';
import { isControlledBy, keyOf, ownerReferenceTo, ownOrOwnerKeys, refOf, toTime } from './object-keys';
import { conditionOf } from './pod-state';

const RESOURCE = 'cronjobs.batch';
const COMPONENT = 'cronjob-controller';
const MANAGED = { manager: 'kube-controller-manager' };

export interface CronJobSettings {
  /** Creates a Job as a client would, so that it gets its defaults and its selector. */
  readonly createJob: (job: NewObject) => Promise<KubeObject>;
}

/** Makes a Job whenever a CronJob's schedule says so. */
export function createCronJobController(context: ControllerContext, { createJob }: CronJobSettings): Controller {
  const { store } = context;
  return {
    name: COMPONENT,
    initialKeys: () => store.list(RESOURCE).map((object) => keyOf(object.metadata)),
    keysOf: (event) => ownOrOwnerKeys(event, 'CronJob', ['Job']),
    reconcile: async (key, queue) => {
      const cronJob = store.get(RESOURCE, refOf(key));
      if (cronJob === undefined || cronJob.metadata.deletionTimestamp !== undefined) return;
      noteFinished(context, cronJob);
      trimFinished(store, cronJob);
      const schedule = parseCronSchedule(stringAt(cronJob, 'spec', 'schedule') ?? '');
      if (schedule === undefined || cronJob.spec?.suspend === true) return;
      const last = stringAt(cronJob, 'status', 'lastScheduleTime') ?? cronJob.metadata.creationTimestamp;
      const now = context.now();
      // Runs missed while nobody looked are not caught up: only the latest one counts.
      const due = latestRun(schedule, Math.max(Date.parse(last), now - 3_600_000), now);
      if (due !== undefined) await startJob(context, cronJob, due, createJob);
      const next = nextRun(schedule, now);
      if (next !== undefined) queue.addAfter(key, next - now + 50);
    },
  };
}

function latestRun(schedule: NonNullable<ReturnType<typeof parseCronSchedule>>, after: number, now: number) {
  let latest: number | undefined;
  for (let run = nextRun(schedule, after); run !== undefined && run <= now; run = nextRun(schedule, run)) latest = run;
  return latest;
}

function jobsOf(store: Store, cronJob: KubeObject): KubeObject[] {
  const { uid } = cronJob.metadata;
  return store.dependents(uid).filter((object) => object.kind === 'Job' && isControlledBy(object, uid));
}

/** The Job of one run; its name ends in the minute of the run, counted from 1970. */
function buildCronRun(cronJob: KubeObject, run: number): NewObject {
  const template = recordAt(cronJob, 'spec', 'jobTemplate');
  const metadata = recordAt(template, 'metadata');
  const annotations = {
    ...recordAt(metadata, 'annotations'),
    'batch.kubernetes.io/cronjob-scheduled-timestamp': toTime(run),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...metadata,
      name: `${cronJob.metadata.name}-${Math.floor(run / 60_000)}`,
      namespace: cronJob.metadata.namespace ?? 'default',
      annotations,
      ownerReferences: [ownerReferenceTo(cronJob)],
    },
    spec: recordAt(template, 'spec'),
  };
}

async function startJob(
  context: ControllerContext,
  cronJob: KubeObject,
  run: number,
  createJob: CronJobSettings['createJob'],
): Promise<void> {
  const { store, events } = context;
  const active = jobsOf(store, cronJob).filter((job) => !isJobFinished(job));
  const policy = stringAt(cronJob, 'spec', 'concurrencyPolicy') ?? 'Allow';
  if (policy === 'Forbid' && active.length > 0) {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    events.record(cronJob, { component: COMPONENT, type: 'Normal', reason: 'JobAlreadyActive', message });
    return;
  }
  if (policy === 'Replace') for (const job of active) store.delete('jobs.batch', job.metadata);
  const wanted = buildCronRun(cronJob, run);
  const name = wanted.metadata.name ?? '';
  if (store.get('jobs.batch', { name, namespace: cronJob.metadata.namespace }) === undefined) {
    await createJob(wanted);
    const message = `Created job ${name}`;
    events.record(cronJob, { component: COMPONENT, type: 'Normal', reason: 'SuccessfulCreate', message });
  }
  setStatus(store, cronJob, { lastScheduleTime: toTime(run) });
}

function setStatus(store: Store, cronJob: KubeObject, change: Record<string, unknown>): void {
  const current = store.get(RESOURCE, cronJob.metadata);
  if (current === undefined) return;
  const active = jobsOf(store, current).filter((job) => !isJobFinished(job));
  const { active: _old, ...kept } = recordAt(current, 'status');
  const references = active.map(({ kind, apiVersion, metadata: { name, namespace, uid, resourceVersion } }) => ({
    kind,
    namespace,
    name,
    uid,
    apiVersion,
    resourceVersion,
  }));
  const status = { ...(references.length > 0 ? { active: references } : {}), ...kept, ...change };
  store.updateStatus(RESOURCE, { ...current, status }, MANAGED);
}

/** Tells of the active Jobs that have ended since the last look. */
function noteFinished({ store, events }: ControllerContext, cronJob: KubeObject): void {
  const listed = new Set(recordsAt(cronJob, 'status', 'active').map((entry) => entry.uid));
  const ended = jobsOf(store, cronJob).filter((job) => listed.has(job.metadata.uid) && isJobFinished(job));
  for (const job of ended) {
    const condition = conditionOf(job, 'Complete') === undefined ? 'Failed' : 'Complete';
    const message = `Saw completed job: ${job.metadata.name}, condition: ${condition}`;
    events.record(cronJob, { component: COMPONENT, type: 'Normal', reason: 'SawCompletedJob', message });
  }
  const success = ended.map((job) => stringAt(job, 'status', 'completionTime')).find((time) => time !== undefined);
  if (ended.length > 0) setStatus(store, cronJob, success === undefined ? {} : { lastSuccessfulTime: success });
}

function trimFinished(store: Store, cronJob: KubeObject): void {
  const finished = jobsOf(store, cronJob).filter(isJobFinished);
  const trim = (type: string, limit: number) => {
    const jobs = finished
      .filter((job) => conditionOf(job, type)?.status === 'True')
      .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? -1 : 1));
    for (const job of jobs.slice(0, Math.max(0, jobs.length - limit))) store.delete('jobs.batch', job.metadata);
  };
  trim('Complete', numberAt(cronJob, 'spec', 'successfulJobsHistoryLimit') ?? 3);
  trim('Failed', numberAt(cronJob, 'spec', 'failedJobsHistoryLimit') ?? 1);
}
