import { ApiError, forbidden } from './api-error';
import { type BoundRules, createRuleFinder, type DemoUser } from './bound-rules';
import { type AccessRequest, ruleAllows } from './policy-rule';
import type { Store } from './store';

export const ANONYMOUS: DemoUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** May do everything, whatever RBAC says. */
const PRIVILEGED_GROUP = 'system:masters';

export interface Decision {
  readonly isAllowed: boolean;
  /** Which binding allows it, or what is wrong with those that might have. */
  readonly reason: string;
}

/** The one decision that requests, access reviews and refusals share. */
export interface Authorizer {
  decide(user: DemoUser, request: AccessRequest): Decision;
  /** Throws the 403 of the real server when the user may not do this. */
  require(user: DemoUser, request: AccessRequest): void;
  rulesOf(user: DemoUser, namespace: string): BoundRules;
}

/** Decides by the Roles, ClusterRoles and their bindings in the store. */
export function createAuthorizer(store: Store): Authorizer {
  const finder = createRuleFinder(store);
  const decide = (user: DemoUser, request: AccessRequest): Decision => {
    if (user.groups.includes(PRIVILEGED_GROUP)) return { isAllowed: true, reason: '' };
    const { rules, problems } = finder.find(user, request.namespace);
    const found = rules.find(({ rule }) => ruleAllows(rule, request));
    if (found !== undefined) return { isAllowed: true, reason: `RBAC: allowed by ${found.source}` };
    if (problems.length === 0) return { isAllowed: false, reason: '' };
    return { isAllowed: false, reason: `RBAC: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}` };
  };
  return {
    decide,
    require(user, request) {
      const { isAllowed, reason } = decide(user, request);
      if (!isAllowed) throw refusal(user, request, reason);
    },
    rulesOf: (user, namespace) => finder.find(user, namespace),
  };
}

function refusal(user: DemoUser, request: AccessRequest, reason: string): ApiError {
  const end = reason === '' ? '' : `: ${reason}`;
  if (request.path !== undefined) {
    const message = `forbidden: User "${user.name}" cannot ${request.verb} path "${request.path}"${end}`;
    return new ApiError('Forbidden', message, {});
  }
  const { verb, group = '', resource = '', namespace, name } = request;
  const scope =
    namespace === undefined || namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}${end}`;
  const plural = resource.split('/')[0] ?? resource;
  return forbidden({ group, plural, ...(name === undefined || name === '' ? {} : { name }) }, why);
}
