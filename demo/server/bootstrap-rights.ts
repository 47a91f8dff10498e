import { BOOTSTRAP_BINDINGS, BOOTSTRAP_ROLES } from './bootstrap-roles.data';
import { AGGREGATE_TO, RBAC_GROUP } from './bound-rules';
import type { NewObject } from './object-types';
import type { PolicyRule } from './policy-rule';
import type { Store } from './store';

const apiVersion = `${RBAC_GROUP}/v1`;

function metadata(name: string, labels: Readonly<Record<string, string>> = {}) {
  return {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
}

/** The roles and bindings that every cluster has before anyone writes one. */
function bootstrapRights(): NewObject[] {
  const roles = BOOTSTRAP_ROLES.map(({ name, rules, aggregatesTo, gathers }) => {
    const labels = aggregatesTo === undefined ? {} : { [AGGREGATE_TO + aggregatesTo]: 'true' };
    const selector = { matchLabels: { [`${AGGREGATE_TO}${gathers ?? ''}`]: 'true' } };
    return {
      apiVersion,
      kind: 'ClusterRole',
      metadata: metadata(name, labels),
      ...(gathers === undefined ? {} : { aggregationRule: { clusterRoleSelectors: [selector] } }),
      rules: rules ?? rulesGatheredBy(gathers ?? ''),
    };
  });
  const bindings = Object.entries(BOOTSTRAP_BINDINGS).map(([name, groups]) => ({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: metadata(name),
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name },
    subjects: groups.map((group) => ({ apiGroup: RBAC_GROUP, kind: 'Group', name: group })),
  }));
  return [...roles, ...bindings];
}

/** What the controller that aggregates ClusterRoles writes into a role that gathers others. */
function rulesGatheredBy(label: string): readonly PolicyRule[] {
  return BOOTSTRAP_ROLES.filter(({ aggregatesTo }) => aggregatesTo === label).flatMap(
    ({ rules, gathers }) => rules ?? rulesGatheredBy(gathers ?? ''),
  );
}

/** Writes what is missing of it, as the real server does when it starts. */
export function ensureBootstrapRights(store: Store): void {
  for (const object of bootstrapRights()) {
    const resource = `${object.kind.toLowerCase()}s.${RBAC_GROUP}`;
    if (!store.hasKind(resource)) continue;
    if (store.get(resource, { name: object.metadata.name ?? '' }) === undefined) store.create(resource, object);
  }
}
