/** Kinds whose change moves what is said about a namespace. */
export const NAMESPACE_KINDS = [
  'namespaces',
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
  'events',
  'configmaps',
  'mutatingwebhookconfigurations',
] as const;
