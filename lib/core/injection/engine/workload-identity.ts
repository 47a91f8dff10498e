import { fieldOf, type JsonObject, objectAt, objectsAt, textAt, textsOf } from './json-types';

/** What templates know of the workload behind a pod. */
export interface WorkloadIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  readonly apiVersion: string;
}

const CRON_JOB_NAME = /^(.+)-\d{8,10}$/;

/**
 * Works out the workload behind a pod from its metadata alone.
 *
 * Output: the controller, seen through ReplicaSets, and Jobs that a CronJob made; the pod itself where there is none.
 * Source: Istio, pkg/kube, GetDeployMetaFromPod.
 */
export function identifyPod(metadata: JsonObject): WorkloadIdentity {
  const name = textAt(metadata, 'name');
  const namespace = textAt(metadata, 'namespace');
  const bare = { name, namespace, kind: 'Pod', apiVersion: 'v1' };
  if (textAt(metadata, 'generateName') === '') return bare;
  const owner = objectsAt(metadata, 'ownerReferences').find((reference) => fieldOf(reference, 'controller') === true);
  if (owner === undefined) return bare;
  const direct = {
    namespace,
    name: textAt(owner, 'name'),
    kind: textAt(owner, 'kind'),
    apiVersion: textAt(owner, 'apiVersion'),
  };
  const found = seeThrough(direct, textsOf(objectAt(metadata, 'labels')));
  return found.name === '' ? { ...found, name } : found;
}

function seeThrough(owner: WorkloadIdentity, labels: Readonly<Record<string, string>>): WorkloadIdentity {
  const { kind, name } = owner;
  if (kind === 'ReplicaSet') {
    const hash = labels['pod-template-hash'] ?? '';
    if (hash !== '' && name.endsWith(hash)) return { ...owner, name: withoutHash(name, hash), kind: 'Deployment' };
    const rollout = labels['rollouts-pod-template-hash'] ?? '';
    if (rollout !== '' && name.endsWith(rollout)) {
      return { ...owner, name: withoutHash(name, rollout), kind: 'Rollout', apiVersion: 'v1alpha1' };
    }
  }
  const config = labels.deploymentconfig ?? '';
  if (kind === 'ReplicationController' && config !== '') return { ...owner, name: config, kind: 'DeploymentConfig' };
  const cronJob = kind === 'Job' ? CRON_JOB_NAME.exec(name)?.[1] : undefined;
  return cronJob === undefined ? owner : { ...owner, name: cronJob, kind: 'CronJob', apiVersion: 'batch/v1' };
}

function withoutHash(name: string, hash: string): string {
  return name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : name;
}
