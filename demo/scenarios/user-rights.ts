import { resourceId } from '@/demo/server/kind-row';
import { KINDS } from '@/demo/server/kinds';
import type { NewObject } from '@/demo/server/object-types';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];

/**
 * What the users beside the admin may do, as RBAC objects for any cluster: the viewer reads everything but Secrets and
 * changes nothing; the team sees the workloads of its namespaces, may restart their Deployments, and cannot list namespaces.
 */
export function userRights(teamNamespaces: readonly string[]): NewObject[] {
  return [
    clusterRole('sidelight-viewer', viewerRules()),
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'sidelight-viewer' },
      ...bind('sidelight-viewer', 'viewer'),
    },
    clusterRole('sidelight-team', TEAM_RULES),
    ...teamNamespaces.map((namespace) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'sidelight-team', namespace },
      ...bind('sidelight-team', 'team'),
    })),
  ];
}

const TEAM_RULES = [
  { verbs: READ, apiGroups: [''], resources: ['pods', 'pods/log', 'services', 'configmaps', 'events', 'endpoints'] },
  { verbs: READ, apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'] },
  { verbs: READ, apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
  { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
  // A request for the namespace itself counts as one within it.
  { verbs: ['get'], apiGroups: [''], resources: ['namespaces'] },
];

/** One rule per group. RBAC cannot leave a resource out, so that all others are named. */
function viewerRules(): Readonly<Record<string, unknown>>[] {
  const groups = [...new Set(KINDS.map((row) => row.group))];
  return groups.map((group) => {
    const rows = KINDS.filter((row) => row.group === group && resourceId(row) !== 'secrets');
    const resources = rows.flatMap((row) => [row.plural, ...row.subresources.map((part) => `${row.plural}/${part}`)]);
    return { verbs: READ, apiGroups: [group], resources };
  });
}

function clusterRole(name: string, rules: readonly unknown[]): NewObject {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
}

function bind(role: string, user: string) {
  return {
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: user }],
  };
}
