import { randomBytes } from 'node:crypto';
import type { AccessRule, DemoUser } from './authorize';
import type { KindRow } from './kind-row';

/** A user and the bearer token that proves it. */
export interface TokenUser extends DemoUser {
  readonly token: string;
}

const READ = ['get', 'list', 'watch'];
const WORKLOADS: readonly AccessRule[] = [
  { verbs: READ, apiGroups: [''], resources: ['pods', 'pods/log', 'services', 'configmaps', 'events', 'endpoints'] },
  { verbs: READ, apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'] },
  { verbs: READ, apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
  { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
  // A request for the namespace itself counts as one within it.
  { verbs: ['get'], apiGroups: [''], resources: ['namespaces'] },
];

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** May do everything. */
export function adminUser(): TokenUser {
  const rules = [
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    { verbs: ['*'], nonResourceURLs: ['*'] },
  ];
  return { name: 'admin', groups: ['system:masters', 'system:authenticated'], rules, token: newToken() };
}

/** May read everything but Secrets, and change nothing. */
export function viewerUser(kinds: readonly KindRow[]): TokenUser {
  const groups = [...new Set(kinds.map((row) => row.group))];
  const rules = groups.map((group) => {
    const rows = kinds.filter((row) => row.group === group && row.kind !== 'Secret');
    const resources = rows.flatMap((row) => [row.plural, ...row.subresources.map((part) => `${row.plural}/${part}`)]);
    return { verbs: READ, apiGroups: [group], resources };
  });
  return { name: 'viewer', groups: ['system:authenticated'], rules, token: newToken() };
}

/** Sees the workloads of its own namespaces, may restart their deployments, and cannot list the cluster's namespaces. */
export function teamUser(namespaces: readonly string[], name = 'team'): TokenUser {
  const rules = WORKLOADS.map((rule) => ({ ...rule, namespaces }));
  return { name, groups: ['system:authenticated'], rules, token: newToken() };
}
