import { ApiError, forbidden } from './api-error';

/** A rule in the shape of RBAC. Without `namespaces` it holds in the whole cluster, as a ClusterRoleBinding would make it. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly namespaces?: readonly string[];
}

export interface DemoUser {
  readonly name: string;
  readonly groups: readonly string[];
  readonly rules: readonly AccessRule[];
}

/** What a request wants to do, as RBAC sees it. */
export interface AccessRequest {
  readonly verb: string;
  readonly group?: string;
  /** With its subresource: `pods/log`. */
  readonly resource?: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly path?: string;
}

/** What everyone who is logged in may do: the built-in roles system:basic-user, system:discovery and system:public-info-viewer. */
const AUTHENTICATED_RULES: readonly AccessRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  {
    verbs: ['get'],
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/openapi',
      '/openapi/*',
      '/healthz',
      '/livez',
      '/readyz',
      '/version',
      '/version/',
    ],
  },
];

const PUBLIC_RULES: readonly AccessRule[] = [
  { verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'] },
];

export const ANONYMOUS: DemoUser = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
  rules: PUBLIC_RULES,
};

const has = (list: readonly string[] | undefined, wanted: string) =>
  list !== undefined && (list.includes('*') || list.includes(wanted));

function matchesPath(patterns: readonly string[] | undefined, path: string): boolean {
  return (patterns ?? []).some((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path,
  );
}

function coversResource(rule: AccessRule, resource: string): boolean {
  const subresource = resource.split('/')[1];
  return has(rule.resources, resource) || (subresource !== undefined && has(rule.resources, `*/${subresource}`));
}

function allows(rule: AccessRule, request: AccessRequest): boolean {
  if (!has(rule.verbs, request.verb)) return false;
  if (request.path !== undefined) return matchesPath(rule.nonResourceURLs, request.path);
  if (!has(rule.apiGroups, request.group ?? '') || !coversResource(rule, request.resource ?? '')) return false;
  if (rule.resourceNames !== undefined && !rule.resourceNames.includes(request.name ?? '')) return false;
  return rule.namespaces === undefined || rule.namespaces.includes(request.namespace ?? '');
}

/** The one decision that requests, access reviews and refusals share. */
export function isAllowed(user: DemoUser, request: AccessRequest): boolean {
  return rulesOf(user).some((rule) => allows(rule, request));
}

export function rulesOf(user: DemoUser): readonly AccessRule[] {
  return user === ANONYMOUS ? user.rules : [...user.rules, ...AUTHENTICATED_RULES];
}

/** Throws the 403 of the real server when the user may not do this. */
export function requireAccess(user: DemoUser, request: AccessRequest): void {
  if (isAllowed(user, request)) return;
  if (request.path !== undefined) {
    throw new ApiError('Forbidden', `forbidden: User "${user.name}" cannot ${request.verb} path "${request.path}"`, {});
  }
  const { verb, group = '', resource = '', namespace, name } = request;
  const scope =
    namespace === undefined || namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`;
  const plural = resource.split('/')[0] ?? resource;
  throw forbidden({ group, plural, ...(name === undefined || name === '' ? {} : { name }) }, why);
}
