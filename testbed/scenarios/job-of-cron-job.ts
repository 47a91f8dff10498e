import { recordAt, recordsAt, stringMapAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';

/** How many finished Jobs a CronJob keeps when it does not say. */
const KEPT_JOBS = 3;

/** The next Job of a CronJob as `kubectl create job --from` makes it; undefined when it has as many as it keeps. */
export function jobOfCronJob(cronJob: KubeObject, jobs: readonly Record<string, unknown>[]): NewObject | undefined {
  const { name, namespace, uid } = cronJob.metadata;
  const own = jobs.filter((job) => recordsAt(job, 'metadata', 'ownerReferences').some((owner) => owner.uid === uid));
  if (own.length >= KEPT_JOBS) return undefined;
  const template = recordAt(cronJob, 'spec', 'jobTemplate');
  const annotations = {
    'cronjob.kubernetes.io/instantiate': 'manual',
    ...stringMapAt(template, 'metadata', 'annotations'),
  };
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name, uid, controller: true, blockOwnerDeletion: true };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name}-manual-${own.length + 1}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: stringMapAt(template, 'metadata', 'labels'),
      annotations,
      ownerReferences: [owner],
    },
    spec: recordAt(template, 'spec'),
  };
}
