const WORKLOAD_KINDS = new Set([
  'Workload',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
]);

const GROUPS = ['namespace', 'workload', 'pod', 'service', 'controlPlane', 'other'] as const;
export type SearchGroup = (typeof GROUPS)[number];

function groupOf(kind: string): SearchGroup {
  if (WORKLOAD_KINDS.has(kind)) return 'workload';
  return GROUPS.find((group) => group.toLowerCase() === kind.toLowerCase()) ?? 'other';
}

/** What was found, by kind; the order inside a group is the server's. Groups without members are left out. */
export function toSearchGroups<Item extends { readonly kind: string }>(items: readonly Item[]) {
  return GROUPS.map((group) => ({ group, members: items.filter(({ kind }) => groupOf(kind) === group) })).filter(
    ({ members }) => members.length > 0,
  );
}
