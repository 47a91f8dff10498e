import { isRecord, recordsAt, stringAt, stringMapAt, stringsAt } from './json-access';
import type { KubeObject } from './object-types';
import type { PolicyRule } from './policy-rule';
import type { Store } from './store';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';
export const AGGREGATE_TO = `${RBAC_GROUP}/aggregate-to-`;

/** Somebody who sends requests, as authentication has found out. */
export interface DemoUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A rule that holds for a user, and through which binding. */
export interface BoundRule {
  readonly rule: PolicyRule;
  /** As the real server words it: `ClusterRoleBinding "a" of ClusterRole "b" to User "c"`. */
  readonly source: string;
}

export interface BoundRules {
  readonly rules: readonly BoundRule[];
  /** Bindings to roles that do not exist. */
  readonly problems: readonly string[];
}

/** Finds the rules of a user from the RBAC objects in the store, as they are at the time of asking. */
export interface RuleFinder {
  /** Those of the whole cluster, and with a namespace those in it as well. */
  find(user: DemoUser, namespace: string | undefined): BoundRules;
}

const KINDS = { ClusterRole: 'clusterroles', Role: 'roles' } as const;

export function createRuleFinder(store: Store): RuleFinder {
  const list = (plural: string, namespace?: string) =>
    store.hasKind(`${plural}.${RBAC_GROUP}`) ? store.list(`${plural}.${RBAC_GROUP}`, namespace) : [];
  const rulesOfRole = (
    kind: string,
    name: string,
    namespace: string | undefined,
  ): readonly PolicyRule[] | undefined => {
    if (kind === 'Role') return rulesOf(store.get(`${KINDS.Role}.${RBAC_GROUP}`, { name, namespace }));
    const role = store.get(`${KINDS.ClusterRole}.${RBAC_GROUP}`, { name });
    const selectors = recordsAt(role, 'aggregationRule', 'clusterRoleSelectors').map((one) =>
      stringMapAt(one, 'matchLabels'),
    );
    if (selectors.length === 0) return rulesOf(role);
    const gathered = list(KINDS.ClusterRole).filter((one) => selectors.some((labels) => hasLabels(one, labels)));
    // Whoever gathers a role that gathers is served too; a role never gathers itself.
    return gathered
      .filter((one) => one.metadata.name !== name)
      .flatMap((one) => rulesOfRole('ClusterRole', one.metadata.name, undefined) ?? []);
  };
  const follow = (bindings: readonly KubeObject[], user: DemoUser): BoundRules => {
    const rules: BoundRule[] = [];
    const problems: string[] = [];
    for (const binding of bindings) {
      const { namespace } = binding.metadata;
      const subject = recordsAt(binding, 'subjects').find((one) => isSubject(one, user, namespace));
      if (subject === undefined) continue;
      const kind = stringAt(binding, 'roleRef', 'kind') ?? '';
      const name = stringAt(binding, 'roleRef', 'name') ?? '';
      const found = rulesOfRole(kind, name, namespace);
      if (found === undefined) problems.push(`${kind.toLowerCase()}.${RBAC_GROUP} "${name}" not found`);
      const source = `${describeBinding(binding)} of ${kind} "${name}" to ${describeSubject(subject, namespace)}`;
      rules.push(...(found ?? []).map((rule) => ({ rule, source })));
    }
    return { rules, problems };
  };
  return {
    find(user, namespace) {
      const inCluster = follow(list('clusterrolebindings'), user);
      if (namespace === undefined || namespace === '') return inCluster;
      const within = follow(list('rolebindings', namespace), user);
      return {
        rules: [...inCluster.rules, ...within.rules],
        problems: [...inCluster.problems, ...within.problems],
      };
    },
  };
}

function rulesOf(role: KubeObject | undefined): readonly PolicyRule[] | undefined {
  if (role === undefined) return undefined;
  return recordsAt(role, 'rules').map((rule) => ({
    verbs: stringsAt(rule, 'verbs'),
    ...Object.fromEntries(
      ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs']
        .filter((field) => rule[field] !== undefined)
        .map((field) => [field, stringsAt(rule, field)]),
    ),
  }));
}

function hasLabels(object: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value);
}

function isSubject(subject: unknown, user: DemoUser, bindingNamespace: string | undefined): boolean {
  if (!isRecord(subject)) return false;
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group') return user.groups.some((group) => group === subject.name);
  const namespace = stringAt(subject, 'namespace') ?? bindingNamespace ?? '';
  return user.name === `system:serviceaccount:${namespace}:${stringAt(subject, 'name') ?? ''}`;
}

function describeBinding({ kind, metadata: { name, namespace } }: KubeObject): string {
  return `${kind} "${namespace === undefined ? name : `${name}/${namespace}`}"`;
}

function describeSubject(subject: unknown, bindingNamespace: string | undefined): string {
  const kind = stringAt(subject, 'kind') ?? '';
  const name = stringAt(subject, 'name') ?? '';
  if (kind !== 'ServiceAccount') return `${kind} "${name}"`;
  return `${kind} "${name}/${stringAt(subject, 'namespace') ?? bindingNamespace ?? ''}"`;
}
