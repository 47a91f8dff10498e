import type { KindId } from './watched-kind';

/** The kinds that say which pods there shall be. */
export const WORKLOAD_KINDS = [
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
] as const satisfies readonly KindId[];

/** The kinds whose own template makes pods, by the name that an owner reference has. */
export const POD_MAKERS: Readonly<Record<string, KindId>> = {
  ReplicaSet: 'replicasets',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  ReplicationController: 'replicationcontrollers',
};
