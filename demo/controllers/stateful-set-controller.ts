import { ApiError } from '@/demo/server/api-error';
import { numberAt, recordAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import { buildPod } from './build-pod';
import type { Controller, ControllerContext } from './controller';
import { keepRevision, REVISION_HASH_LABEL, type TemplateRevision } from './controller-revisions';
import { keyOf, ownOrOwnerKeys, refOf } from './object-keys';
import { isFinished, isReady, podsOf } from './pod-state';
import { replicasOf } from './replica-set-controller';
import { RetryLater } from './work-queue';

const RESOURCE = 'statefulsets.apps';
const COMPONENT = 'statefulset-controller';

/** Keeps pods NAME-0, NAME-1 and so on: made in order, updated and removed from the last to the first. */
export function createStatefulSetController(context: ControllerContext): Controller {
  const { store } = context;
  return {
    name: COMPONENT,
    initialKeys: () => store.list(RESOURCE).map((object) => keyOf(object.metadata)),
    keysOf: (event) => ownOrOwnerKeys(event, 'StatefulSet', ['Pod']),
    reconcile: async (key) => {
      const set = store.get(RESOURCE, refOf(key));
      if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
      const revision = keepRevision(store, set);
      const failure = await takeStep(context, set, revision);
      report(context, key, revision);
      if (failure !== undefined) throw new RetryLater(failure);
    },
  };
}

function ordinalOf(pod: KubeObject): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1);
}

/** One pod at a time, and the next when the one before is ready. Returns the refusal, if a pod was refused. */
async function takeStep(
  context: ControllerContext,
  set: KubeObject,
  revision: TemplateRevision,
): Promise<string | undefined> {
  const pods = new Map(podsOf(context.store, set).map((pod) => [ordinalOf(pod), pod]));
  const replicas = replicasOf(set);
  const isParallel = stringAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const pod = pods.get(ordinal);
    if (pod === undefined) {
      const failure = await create(context, set, ordinal, revision);
      if (failure !== undefined || !isParallel) return failure;
    } else if (isFinished(pod) && pod.metadata.deletionTimestamp === undefined) {
      return remove(context, set, pod);
    } else if (!isSettled(pod) && !isParallel) return undefined;
  }
  const excess = [...pods.values()].filter((pod) => ordinalOf(pod) >= replicas);
  const last = excess.sort((left, right) => ordinalOf(right) - ordinalOf(left))[0];
  if (last !== undefined) return last.metadata.deletionTimestamp === undefined ? remove(context, set, last) : undefined;
  if (stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return undefined;
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  for (let ordinal = replicas - 1; ordinal >= partition; ordinal -= 1) {
    const pod = pods.get(ordinal);
    if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) return undefined;
    if (pod.metadata.labels?.[REVISION_HASH_LABEL] !== revision.name) return remove(context, set, pod);
    if (!isSettled(pod)) return undefined;
  }
  return undefined;
}

function isSettled(pod: KubeObject): boolean {
  return isReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** The pod of an ordinal: its name is its identity, so it is known before the pod exists. */
function buildStatefulPod(set: KubeObject, ordinal: number, revision: TemplateRevision): NewObject {
  const name = `${set.metadata.name}-${ordinal}`;
  const labels = {
    'apps.kubernetes.io/pod-index': String(ordinal),
    [REVISION_HASH_LABEL]: revision.name,
    'statefulset.kubernetes.io/pod-name': name,
  };
  const pod = buildPod(set, { name, labels });
  const subdomain = stringAt(set, 'spec', 'serviceName');
  return {
    ...pod,
    spec: { ...recordAt(pod, 'spec'), hostname: name, ...(subdomain === undefined ? {} : { subdomain }) },
  };
}

async function create(
  context: ControllerContext,
  set: KubeObject,
  ordinal: number,
  revision: TemplateRevision,
): Promise<string | undefined> {
  const pod = buildStatefulPod(set, ordinal, revision);
  const text = `Create Pod ${pod.metadata.name ?? ''} in StatefulSet ${set.metadata.name}`;
  try {
    await context.createPod(pod);
    tell(context, set, 'Normal', 'SuccessfulCreate', `${text} successful`);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(context, set, 'Warning', 'FailedCreate', `${text} failed error: ${error.message}`);
    return error.message;
  }
}

function remove(context: ControllerContext, set: KubeObject, pod: KubeObject): undefined {
  context.store.delete('pods', pod.metadata);
  const text = `Delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
  tell(context, set, 'Normal', 'SuccessfulDelete', text);
}

function tell(
  context: ControllerContext,
  set: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
) {
  context.events.record(set, { component: COMPONENT, type, reason, message });
}

function report({ store }: ControllerContext, key: string, revision: TemplateRevision): void {
  const set = store.get(RESOURCE, refOf(key));
  if (set === undefined) return;
  const pods = podsOf(store, set).filter((pod) => !isFinished(pod));
  const isUpdated = (pod: KubeObject) => pod.metadata.labels?.[REVISION_HASH_LABEL] === revision.name;
  const updated = pods.filter(isUpdated).length;
  const ready = pods.filter(isReady).length;
  const known = stringAt(set, 'status', 'currentRevision');
  const isDone = updated === pods.length && updated === replicasOf(set) && ready === pods.length;
  const current = isDone || known === undefined ? revision.name : known;
  const ofCurrent = pods.filter((pod) => pod.metadata.labels?.[REVISION_HASH_LABEL] === current).length;
  const status = {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: pods.length,
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(ofCurrent > 0 ? { currentReplicas: ofCurrent } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    currentRevision: current,
    updateRevision: revision.name,
    collisionCount: 0,
    availableReplicas: ready,
  };
  store.updateStatus(RESOURCE, { ...set, status }, { manager: 'kube-controller-manager' });
}
