/** A rule of a Role or ClusterRole. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** What a request wants to do, as RBAC sees it. */
export interface AccessRequest {
  readonly verb: string;
  readonly group?: string;
  /** With its subresource: `pods/log`. */
  readonly resource?: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** Of a request that is for no resource. */
  readonly path?: string;
}

const has = (list: readonly string[] | undefined, wanted: string) =>
  list !== undefined && (list.includes('*') || list.includes(wanted));

/** Whether one rule lets a request pass. Source: Kubernetes, plugin/pkg/auth/authorizer/rbac/rbac.go, RuleAllows. */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!has(rule.verbs, request.verb)) return false;
  if (request.path !== undefined) return matchesPath(rule.nonResourceURLs ?? [], request.path);
  if (!has(rule.apiGroups, request.group ?? '') || !coversResource(rule, request.resource ?? '')) return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || names.includes(request.name ?? '');
}

function matchesPath(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.replace(/\*+$/, '')) : pattern === path,
  );
}

function coversResource(rule: PolicyRule, resource: string): boolean {
  const subresource = resource.split('/')[1];
  return has(rule.resources, resource) || (subresource !== undefined && has(rule.resources, `*/${subresource}`));
}
