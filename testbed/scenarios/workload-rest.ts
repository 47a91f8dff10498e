import { numberAt, recordsAt, stringAt, valueAt } from '@/demo/server/json-access';

/** `ready`: nothing more will happen. `made`: its pods are there or were refused; how far they come is theirs. */
export type Rest = 'ready' | 'made' | 'moving';

/** Lists that hold workloads, and how far one of each has come. */
export const WORKLOAD_LISTS: Readonly<Record<string, (workload: unknown) => Rest>> = {
  '/apis/apps/v1/deployments': restOfDeployment,
  '/apis/apps/v1/statefulsets': restOfStatefulSet,
  '/apis/apps/v1/daemonsets': restOfDaemonSet,
  '/apis/apps/v1/replicasets': restOfReplicaSet,
  '/api/v1/replicationcontrollers': restOfReplicaSet,
  '/apis/batch/v1/jobs': restOfJob,
};

const status = (workload: unknown, field: string) => numberAt(workload, 'status', field) ?? 0;
const replicas = (workload: unknown) => numberAt(workload, 'spec', 'replicas') ?? 1;

function isObserved(workload: unknown): boolean {
  return status(workload, 'observedGeneration') >= (numberAt(workload, 'metadata', 'generation') ?? 0);
}

function isRefused(workload: unknown): boolean {
  return recordsAt(workload, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'ReplicaFailure' && stringAt(condition, 'status') === 'True',
  );
}

function restOfDeployment(workload: unknown): Rest {
  const wanted = replicas(workload);
  if (!isObserved(workload)) return 'moving';
  const isMade = status(workload, 'updatedReplicas') === wanted && status(workload, 'replicas') === wanted;
  if (isMade && status(workload, 'availableReplicas') === wanted) return 'ready';
  return isMade || isRefused(workload) ? 'made' : 'moving';
}

function restOfReplicaSet(workload: unknown): Rest {
  if (!isObserved(workload)) return 'moving';
  const isMade = status(workload, 'replicas') === replicas(workload);
  if (isMade && status(workload, 'readyReplicas') === replicas(workload)) return 'ready';
  return isMade || isRefused(workload) ? 'made' : 'moving';
}

function restOfStatefulSet(workload: unknown): Rest {
  const wanted = replicas(workload);
  const isReady = status(workload, 'updatedReplicas') === wanted && status(workload, 'readyReplicas') === wanted;
  return isObserved(workload) && isReady ? 'ready' : 'moving';
}

function restOfDaemonSet(workload: unknown): Rest {
  const wanted = status(workload, 'desiredNumberScheduled');
  if (!isObserved(workload) || wanted === 0) return 'moving';
  if (status(workload, 'updatedNumberScheduled') !== wanted) return 'moving';
  return status(workload, 'numberReady') === wanted ? 'ready' : 'made';
}

function restOfJob(workload: unknown): Rest {
  const conditions = recordsAt(workload, 'status', 'conditions');
  const isOver = conditions.some(({ type, status: is }) => is === 'True' && (type === 'Complete' || type === 'Failed'));
  return isOver ? 'ready' : status(workload, 'active') > 0 ? 'made' : 'moving';
}

/** Whether its node has taken a pod on, or is done with it. */
export function isPodAtRest(pod: unknown): boolean {
  if (stringAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return false;
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return true;
  return Array.isArray(valueAt(pod, 'status', 'containerStatuses'));
}
