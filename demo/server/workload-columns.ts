import {
  AGE,
  CONTAINERS,
  count,
  countAsText,
  countAt,
  IMAGES,
  mapText,
  NAME,
  PLAIN_SELECTOR,
  SELECTOR,
  text,
  textAt,
} from './columns';
import { ageOf, humanDuration } from './human-duration';
import { numberAt, recordAt, recordsAt, stringAt, stringMapAt } from './json-access';
import type { Column } from './kind-row';
import type { KubeObject } from './object-types';

const readyOf = (object: KubeObject) =>
  `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 0}`;

export const DEPLOYMENT_COLUMNS: readonly Column[] = [
  NAME,
  text('Ready', readyOf),
  countAsText('Up-to-date', countAt('status', 'updatedReplicas')),
  countAsText('Available', countAt('status', 'availableReplicas')),
  AGE,
  CONTAINERS,
  IMAGES,
  SELECTOR,
];

const replicaColumns = (selector: Column): readonly Column[] => [
  NAME,
  count('Desired', countAt('spec', 'replicas')),
  count('Current', countAt('status', 'replicas')),
  count('Ready', countAt('status', 'readyReplicas')),
  AGE,
  CONTAINERS,
  IMAGES,
  selector,
];

export const REPLICA_SET_COLUMNS = replicaColumns(SELECTOR);
export const REPLICATION_CONTROLLER_COLUMNS = replicaColumns(PLAIN_SELECTOR);
export const STATEFUL_SET_COLUMNS: readonly Column[] = [NAME, text('Ready', readyOf), AGE, CONTAINERS, IMAGES];
export const DAEMON_SET_COLUMNS: readonly Column[] = [
  NAME,
  count('Desired', countAt('status', 'desiredNumberScheduled')),
  count('Current', countAt('status', 'currentNumberScheduled')),
  count('Ready', countAt('status', 'numberReady')),
  count('Up-to-date', countAt('status', 'updatedNumberScheduled')),
  count('Available', countAt('status', 'numberAvailable')),
  text('Node Selector', (set) => mapText(stringMapAt(set, 'spec', 'template', 'spec', 'nodeSelector'))),
  AGE,
  CONTAINERS,
  IMAGES,
  SELECTOR,
];

function jobStatus(job: KubeObject): string {
  const has = (wanted: string) =>
    recordsAt(job, 'status', 'conditions').some(({ type, status }) => type === wanted && status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  return has('SuccessCriteriaMet') ? 'SuccessCriteriaMet' : 'Running';
}

function jobDuration(job: KubeObject, now: number): string {
  const start = Date.parse(stringAt(job, 'status', 'startTime') ?? '');
  const end = Date.parse(stringAt(job, 'status', 'completionTime') ?? '');
  if (Number.isNaN(start)) return '';
  return humanDuration((Number.isNaN(end) ? now : end) - start);
}

function jobCompletions(job: KubeObject): string {
  const succeeded = numberAt(job, 'status', 'succeeded') ?? 0;
  const completions = numberAt(job, 'spec', 'completions');
  if (completions !== undefined) return `${succeeded}/${completions}`;
  const parallelism = numberAt(job, 'spec', 'parallelism') ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

export const JOB_COLUMNS: readonly Column[] = [
  NAME,
  text('Status', jobStatus),
  text('Completions', jobCompletions),
  text('Duration', jobDuration),
  AGE,
  CONTAINERS,
  IMAGES,
  SELECTOR,
];

const cronContainers = (field: string) => (job: KubeObject) =>
  recordsAt(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers')
    .map((container) => stringAt(container, field) ?? '')
    .join(',');

export const CRON_JOB_COLUMNS: readonly Column[] = [
  NAME,
  text('Schedule', textAt('spec', 'schedule')),
  text('Timezone', (job) => stringAt(job, 'spec', 'timeZone') ?? '<none>'),
  { ...text('Suspend', (job) => (recordAt(job, 'spec').suspend === true ? 'True' : 'False')), type: 'boolean' },
  count('Active', (job) => recordsAt(job, 'status', 'active').length),
  text('Last Schedule', (job, now) => {
    const last = stringAt(job, 'status', 'lastScheduleTime');
    return last === undefined ? '<none>' : ageOf(last, now);
  }),
  AGE,
  text('Containers', cronContainers('name'), 1),
  text('Images', cronContainers('image'), 1),
  text('Selector', () => '<none>', 1),
];
export const REVISION_COLUMNS: readonly Column[] = [
  NAME,
  text('Controller', (revision) => {
    const owner = (revision.metadata.ownerReferences ?? []).find((reference) => reference.controller === true);
    if (owner === undefined) return '<none>';
    const group = owner.apiVersion.split('/')[0] ?? '';
    const kind = owner.kind.toLowerCase();
    return owner.apiVersion.includes('/') ? `${kind}.${group}/${owner.name}` : `${kind}/${owner.name}`;
  }),
  countAsText('Revision', countAt('revision')),
  AGE,
];
