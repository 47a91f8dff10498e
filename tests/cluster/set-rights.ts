import { RBAC_GROUP } from '@/demo/server/bound-rules';
import type { NewObject } from '@/demo/server/object-types';
import type { PolicyRule } from '@/demo/server/policy-rule';
import type { Store } from '@/demo/server/store';

/** A rule that holds in the whole cluster or, with `namespaces`, in those only. */
export interface Right extends PolicyRule {
  readonly namespaces?: readonly string[];
}

/** Gives a user exactly these rights: RBAC objects named after the user replace those of an earlier call. */
export function setRights(store: Store, user: string, rights: readonly Right[]): void {
  for (const kind of ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']) {
    const resource = `${kind.toLowerCase()}s.${RBAC_GROUP}`;
    for (const { metadata } of store.list(resource)) if (metadata.name === user) store.delete(resource, metadata);
  }
  const namespaces = new Set(rights.flatMap((right) => right.namespaces ?? []));
  const inCluster = rights.filter((right) => right.namespaces === undefined);
  if (inCluster.length > 0) write(store, user, inCluster, undefined);
  for (const namespace of namespaces) {
    const inside = rights.filter((right) => right.namespaces?.includes(namespace));
    write(store, user, inside, namespace);
  }
}

function write(store: Store, user: string, rights: readonly Right[], namespace: string | undefined): void {
  const scope = namespace === undefined ? 'Cluster' : '';
  const metadata = { name: user, ...(namespace === undefined ? {} : { namespace }) };
  const rules = rights.map(({ namespaces: _namespaces, ...rule }) => rule);
  const roleRef = { apiGroup: RBAC_GROUP, kind: `${scope}Role`, name: user };
  const subjects = [{ apiGroup: RBAC_GROUP, kind: 'User', name: user }];
  create(store, { apiVersion: `${RBAC_GROUP}/v1`, kind: `${scope}Role`, metadata, rules });
  create(store, { apiVersion: `${RBAC_GROUP}/v1`, kind: `${scope}RoleBinding`, metadata, roleRef, subjects });
}

function create(store: Store, object: NewObject): void {
  store.create(`${object.kind.toLowerCase()}s.${RBAC_GROUP}`, object);
}
