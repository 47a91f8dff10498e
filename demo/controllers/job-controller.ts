import { numberAt, recordAt, stringAt, stringMapAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { buildPod } from './build-pod';
import { conditionsOf, withCondition } from './conditions';
import type { Controller, ControllerContext } from './controller';
import { controllerOf, keyOf, ownOrOwnerKeys, refOf, toTime } from './object-keys';
import { createPods, deletePods } from './pod-creation';
import { conditionOf, isActive, isReady, podPhase, podsOf } from './pod-state';
import { RetryLater, type WorkQueue } from './work-queue';

const RESOURCE = 'jobs.batch';
const COMPONENT = 'job-controller';

interface Tally {
  readonly active: readonly KubeObject[];
  readonly succeeded: number;
  readonly failed: number;
  readonly terminating: number;
}

/** Runs pods until enough of them have succeeded. */
export function createJobController(context: ControllerContext): Controller {
  const { store } = context;
  return {
    name: COMPONENT,
    initialKeys: () => store.list(RESOURCE).map((object) => keyOf(object.metadata)),
    keysOf: (event) => ownOrOwnerKeys(event, 'Job', ['Pod']),
    reconcile: async (key, queue) => {
      const job = store.get(RESOURCE, refOf(key));
      untrackPods(store, key);
      if (job === undefined || job.metadata.deletionTimestamp !== undefined) return;
      if (isJobFinished(job)) return removeWhenExpired(context, job, key, queue);
      const failure = await work(context, ensureSelector(store, job));
      report(context, key);
      if (failure !== undefined) throw new RetryLater(failure);
    },
  };
}

/** Holds a pod until its end has been counted. */
const TRACKING = 'batch.kubernetes.io/job-tracking';

function trackedPod(job: KubeObject): NewObject {
  const pod = buildPod(job);
  return { ...pod, metadata: { ...pod.metadata, finalizers: [TRACKING] } };
}

/** Lets go of pods that have ended, are being deleted or have lost their job. */
function untrackPods(store: Store, key: string): void {
  const { name, namespace } = refOf(key);
  const job = store.get(RESOURCE, { name, namespace });
  for (const pod of store.list('pods', namespace)) {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'Job' || owner.name !== name || pod.metadata.finalizers?.includes(TRACKING) !== true) continue;
    if (isActive(pod) && job?.metadata.uid === owner.uid) continue;
    const release = (draft: KubeObject) => {
      draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((one) => one !== TRACKING);
      if (draft.metadata.finalizers.length === 0) delete draft.metadata.finalizers;
    };
    store.modify('pods', pod.metadata, release, MANAGED);
  }
}

const MANAGED = { manager: 'kube-controller-manager' };

export function isJobFinished(job: KubeObject): boolean {
  return ['Complete', 'Failed'].some((type) => conditionOf(job, type)?.status === 'True');
}

function removeWhenExpired({ store, now }: ControllerContext, job: KubeObject, key: string, queue: WorkQueue): void {
  const ttl = numberAt(job, 'spec', 'ttlSecondsAfterFinished');
  const ended = conditionsOf(job).find((condition) => condition.type === 'Complete' || condition.type === 'Failed');
  if (ttl === undefined) return;
  const leftMs = Date.parse(stringAt(ended, 'lastTransitionTime') ?? '') + ttl * 1_000 - now();
  if (leftMs > 0) queue.addAfter(key, leftMs);
  else store.delete(RESOURCE, job.metadata, { propagationPolicy: 'Background' });
}

function tally(context: ControllerContext, job: KubeObject): Tally {
  const pods = podsOf(context.store, job);
  return {
    active: pods.filter(isActive),
    succeeded: pods.filter((pod) => podPhase(pod) === 'Succeeded').length,
    failed: pods.filter((pod) => podPhase(pod) === 'Failed').length,
    terminating: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
  };
}

async function work(context: ControllerContext, job: KubeObject): Promise<string | undefined> {
  const { active, succeeded, failed } = tally(context, job);
  const backoffLimit = numberAt(job, 'spec', 'backoffLimit') ?? 6;
  if (job.spec?.suspend === true || failed > backoffLimit) {
    deletePods(context, job, COMPONENT, [...active]);
    return undefined;
  }
  const completions = numberAt(job, 'spec', 'completions') ?? 1;
  const wanted = Math.min(numberAt(job, 'spec', 'parallelism') ?? 1, Math.max(0, completions - succeeded));
  const missing = wanted - active.length;
  if (missing < 0) deletePods(context, job, COMPONENT, active.slice(missing));
  const pods = Array.from({ length: Math.max(0, missing) }, () => trackedPod(job));
  return (await createPods(context, { owner: job, component: COMPONENT, pods })).failure;
}

function report(context: ControllerContext, key: string): void {
  const { store, events } = context;
  const job = store.get(RESOURCE, refOf(key));
  if (job === undefined) return;
  const counts = tally(context, job);
  const isComplete = counts.succeeded >= (numberAt(job, 'spec', 'completions') ?? 1);
  const isFailed = counts.failed > (numberAt(job, 'spec', 'backoffLimit') ?? 6);
  const status = jobStatus(job, counts, { isComplete, isFailed, now: context.now() });
  store.updateStatus(RESOURCE, { ...job, status }, MANAGED);
  const pause = pauseOf(job);
  if (pause !== undefined) {
    const reason = pause.isPaused ? 'Suspended' : 'Resumed';
    events.record(job, { component: COMPONENT, type: 'Normal', reason, message: pause.message });
  }
  if (isComplete) {
    events.record(job, { component: COMPONENT, type: 'Normal', reason: 'Completed', message: 'Job completed' });
  } else if (isFailed) {
    const message = 'Job has reached the specified backoff limit';
    events.record(job, { component: COMPONENT, type: 'Warning', reason: 'BackoffLimitExceeded', message });
  }
}

interface Verdict {
  readonly isComplete: boolean;
  readonly isFailed: boolean;
  readonly now: number;
}

function jobStatus(job: KubeObject, counts: Tally, { isComplete, isFailed, now }: Verdict): JsonObject {
  const at = toTime(now);
  let conditions = conditionsOf(job);
  const add = (type: string, reason: string, message: string, status = 'True') => {
    const entry = { type, status, lastProbeTime: at, lastTransitionTime: at, reason, message };
    conditions = withCondition(conditions, type, entry);
  };
  const pause = pauseOf(job);
  if (pause !== undefined) add('Suspended', pause.reason, pause.message, pause.isPaused ? 'True' : 'False');
  const isPaused = job.spec?.suspend === true;
  const startTime = pause?.isPaused === false ? at : (recordAt(job, 'status').startTime ?? at);
  if (isComplete) {
    const message = 'Reached expected number of succeeded pods';
    for (const type of ['SuccessCriteriaMet', 'Complete']) add(type, 'CompletionsReached', message);
  } else if (isFailed) {
    const message = 'Job has reached the specified backoff limit';
    for (const type of ['FailureTarget', 'Failed']) add(type, 'BackoffLimitExceeded', message);
  }
  return {
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(isPaused ? {} : { startTime }),
    ...(isComplete ? { completionTime: at } : {}),
    ...(counts.active.length > 0 ? { active: counts.active.length } : {}),
    ...(counts.succeeded > 0 ? { succeeded: counts.succeeded } : {}),
    ...(counts.failed > 0 ? { failed: counts.failed } : {}),
    terminating: counts.terminating,
    uncountedTerminatedPods: {},
    ready: counts.active.filter(isReady).length,
  };
}

/** The pause or its end that the Job's conditions do not tell of yet. */
function pauseOf(job: KubeObject) {
  const isPaused = job.spec?.suspend === true;
  const wasPaused = conditionOf(job, 'Suspended')?.status === 'True';
  if (isPaused === wasPaused) return undefined;
  return isPaused
    ? { isPaused, reason: 'JobSuspended', message: 'Job suspended' }
    : { isPaused, reason: 'JobResumed', message: 'Job resumed' };
}

/** Labels that tie a Job to its pods; the API server writes them into the selector and the template. */
function jobLabels(job: { readonly name: string; readonly uid: string }): Record<string, string> {
  return {
    'batch.kubernetes.io/controller-uid': job.uid,
    'batch.kubernetes.io/job-name': job.name,
    'controller-uid': job.uid,
    'job-name': job.name,
  };
}

/** Gives a Job without a selector the generated one. */
function ensureSelector(store: Store, job: KubeObject): KubeObject {
  if (job.spec?.selector !== undefined || job.spec?.manualSelector === true) return job;
  return store.update(RESOURCE, withGeneratedSelector(job));
}

/** The Job as the API server completes it: pods are found by the Job's uid. */
function withGeneratedSelector(job: KubeObject): KubeObject {
  const template = recordAt(job, 'spec', 'template');
  const labels = { ...stringMapAt(template, 'metadata', 'labels'), ...jobLabels(job.metadata) };
  const selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': job.metadata.uid } };
  const metadata = { ...recordAt(template, 'metadata'), labels };
  return { ...job, spec: { ...job.spec, selector, manualSelector: false, template: { ...template, metadata } } };
}
