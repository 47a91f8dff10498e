import { ABSENT, containing } from './match-value';
import type { Row, RowUser } from './row';

const GROUP = 'authorization.k8s.io';

type ReviewKind =
  | 'SelfSubjectAccessReview'
  | 'SelfSubjectRulesReview'
  | 'SubjectAccessReview'
  | 'LocalSubjectAccessReview';

const request = (kind: ReviewKind, spec: unknown) => ({
  method: 'POST',
  path: `/apis/${GROUP}/v1/${kind === 'LocalSubjectAccessReview' ? 'namespaces/{ns}/' : ''}${kind.toLowerCase()}s`,
  body: { apiVersion: `${GROUP}/v1`, kind, spec },
});

/** Access reviews whose status is expected exactly: `reason` is the text, or there must be none. */
const reviews = (
  name: string,
  user: RowUser,
  kind: ReviewKind,
  spec: unknown,
  status: { readonly allowed: boolean; readonly reason?: string },
): Row => ({
  name: `${kind}: ${name}`,
  user,
  isTeamNamespace: true,
  steps: [
    {
      send: request(kind, spec),
      expect: { status: 201, body: { kind, spec, status: { reason: ABSENT, denied: ABSENT, ...status } } },
    },
  ],
});

const refuses = (name: string, user: RowUser, kind: ReviewKind, spec: unknown, field: string, text: string): Row => ({
  name: `${kind}: ${name}`,
  user,
  steps: [
    {
      send: request(kind, spec),
      expect: {
        status: 422,
        body: {
          message: `.${GROUP} "" is invalid: ${field}: ${text}`,
          reason: 'Invalid',
          details: { name: ABSENT, kind: ABSENT, causes: [{ reason: 'FieldValueInvalid', message: text, field }] },
        },
      },
    },
  ],
});

const resource = (attributes: Readonly<Record<string, string>>) => ({ resourceAttributes: attributes });
const path = (verb: string, value: string) => ({ nonResourceAttributes: { verb, path: value } });

const BY_VIEWER =
  'RBAC: allowed by ClusterRoleBinding "sidelight-viewer" of ClusterRole "sidelight-viewer" to User "viewer"';
const BY_TEAM = 'RBAC: allowed by RoleBinding "sidelight-team/{ns}" of ClusterRole "sidelight-team" to User "team"';
const BY_DISCOVERY =
  'RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"';
const PATCH_DEPLOYMENT = { verb: 'patch', group: 'apps', resource: 'deployments' };

const rules = (
  name: string,
  user: RowUser,
  namespace: string,
  expected: readonly unknown[],
  unexpected: boolean,
): Row => ({
  name: `SelfSubjectRulesReview: ${name}`,
  user,
  isTeamNamespace: true,
  steps: [
    {
      send: request('SelfSubjectRulesReview', { namespace }),
      // Bindings come in no order, so that the whole lists cannot be compared.
      isOwnToCluster: unexpected,
      expect: {
        status: 201,
        body: {
          kind: 'SelfSubjectRulesReview',
          spec: {},
          metadata: { managedFields: ABSENT },
          status: {
            incomplete: false,
            evaluationError: ABSENT,
            resourceRules: containing(...expected),
            nonResourceRules: containing({
              verbs: ['get'],
              nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
            }),
          },
        },
      },
    },
  ],
});

const BASIC_RULES = [
  {
    verbs: ['create'],
    apiGroups: [GROUP],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];

const whoAmI = (user: RowUser, groups: readonly string[]): Row => ({
  name: `SelfSubjectReview: ${user} learns its name and groups`,
  user,
  steps: [
    {
      send: {
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      },
      expect: { status: 201, body: { status: { userInfo: { username: user, groups } } } },
    },
  ],
});

export const ACCESS_REVIEW_ROWS: readonly Row[] = [
  reviews(
    'admin may do anything, and no binding is named',
    'admin',
    'SelfSubjectAccessReview',
    resource({ verb: 'delete', resource: 'nodes' }),
    { allowed: true },
  ),
  reviews(
    'viewer may list pods everywhere',
    'viewer',
    'SelfSubjectAccessReview',
    resource({ verb: 'list', resource: 'pods' }),
    { allowed: true, reason: BY_VIEWER },
  ),
  reviews(
    'viewer may not list Secrets',
    'viewer',
    'SelfSubjectAccessReview',
    resource({ verb: 'list', resource: 'secrets' }),
    { allowed: false },
  ),
  reviews(
    'viewer may not do everything to everything',
    'viewer',
    'SelfSubjectAccessReview',
    resource({ verb: '*', group: '*', resource: '*' }),
    { allowed: false },
  ),
  reviews(
    'viewer may not patch a namespace',
    'viewer',
    'SelfSubjectAccessReview',
    resource({ verb: 'patch', resource: 'namespaces', name: '{ns}' }),
    { allowed: false },
  ),
  reviews(
    'team may patch Deployments of its namespace',
    'team',
    'SelfSubjectAccessReview',
    resource({ ...PATCH_DEPLOYMENT, namespace: '{ns}', name: 'web' }),
    { allowed: true, reason: BY_TEAM },
  ),
  reviews(
    'team may not patch those of another',
    'team',
    'SelfSubjectAccessReview',
    resource({ ...PATCH_DEPLOYMENT, namespace: 'default' }),
    { allowed: false },
  ),
  reviews(
    'team may read logs in its namespace',
    'team',
    'SelfSubjectAccessReview',
    resource({ verb: 'get', resource: 'pods', subresource: 'log', namespace: '{ns}' }),
    { allowed: true, reason: BY_TEAM },
  ),
  reviews('everyone may read discovery', 'team', 'SelfSubjectAccessReview', path('get', '/apis/apps'), {
    allowed: true,
    reason: BY_DISCOVERY,
  }),
  reviews('team may not read metrics', 'team', 'SelfSubjectAccessReview', path('get', '/metrics'), { allowed: false }),
  reviews(
    'a review without a verb allows nothing',
    'viewer',
    'SelfSubjectAccessReview',
    resource({ resource: 'pods' }),
    { allowed: false },
  ),
  refuses(
    'nothing to review',
    'team',
    'SelfSubjectAccessReview',
    {},
    'spec.resourceAttributes',
    'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  ),
  refuses(
    'a resource and a path at once',
    'team',
    'SelfSubjectAccessReview',
    { ...resource({ verb: 'get', resource: 'pods' }), ...path('get', '/') },
    'spec.nonResourceAttributes',
    'Invalid value: {"Path":"/","Verb":"get"}: cannot be specified in combination with resourceAttributes',
  ),
  {
    name: 'SelfSubjectAccessReview: an unknown field is dropped with a warning',
    user: 'viewer',
    steps: [
      {
        send: request('SelfSubjectAccessReview', resource({ verb: 'get', resource: 'pods', colour: 'red' })),
        expect: {
          status: 201,
          headers: { warning: '299 - "unknown field \\"spec.resourceAttributes.colour\\""' },
          body: { spec: { resourceAttributes: { colour: ABSENT } }, status: { allowed: true } },
        },
      },
    ],
  },
  reviews(
    'another user in a namespace',
    'admin',
    'SubjectAccessReview',
    { user: 'team', ...resource({ verb: 'list', resource: 'pods', namespace: '{ns}' }) },
    { allowed: true, reason: BY_TEAM },
  ),
  reviews(
    'another user everywhere',
    'admin',
    'SubjectAccessReview',
    { user: 'team', ...resource({ verb: 'list', resource: 'pods' }) },
    { allowed: false },
  ),
  reviews(
    'a group without a user',
    'admin',
    'SubjectAccessReview',
    { groups: ['system:masters'], ...resource({ verb: 'list', resource: 'pods' }) },
    { allowed: true },
  ),
  reviews(
    'the groups are those of the question',
    'admin',
    'SubjectAccessReview',
    { user: 'team', ...path('get', '/apis') },
    { allowed: false },
  ),
  refuses(
    'nobody to review',
    'admin',
    'SubjectAccessReview',
    resource({ verb: 'list', resource: 'pods' }),
    'spec.user',
    'Invalid value: "": at least one of user or group must be specified',
  ),
  reviews(
    'within the namespace of the path',
    'admin',
    'LocalSubjectAccessReview',
    { user: 'team', ...resource({ verb: 'list', resource: 'pods', namespace: '{ns}' }) },
    { allowed: true, reason: BY_TEAM },
  ),
  refuses(
    'another namespace',
    'admin',
    'LocalSubjectAccessReview',
    { user: 'team', ...resource({ verb: 'list', resource: 'pods', namespace: 'default' }) },
    'spec.resourceAttributes.namespace',
    'Invalid value: "default": must match metadata.namespace',
  ),
  refuses(
    'a path',
    'admin',
    'LocalSubjectAccessReview',
    { user: 'team', ...path('get', '/apis') },
    'spec.nonResourceAttributes',
    'Invalid value: {"Path":"/apis","Verb":"get"}: disallowed on this kind of request',
  ),
  rules(
    'team in its namespace',
    'team',
    '{ns}',
    [
      ...BASIC_RULES,
      { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
      { verbs: ['get'], apiGroups: [''], resources: ['namespaces'] },
    ],
    true,
  ),
  rules('admin', 'admin', 'default', [...BASIC_RULES, { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }], true),
  {
    name: 'SelfSubjectRulesReview: without a namespace',
    user: 'team',
    steps: [
      {
        send: request('SelfSubjectRulesReview', {}),
        expect: { status: 400, body: { message: 'no namespace on request', reason: 'BadRequest', details: ABSENT } },
      },
    ],
  },
  {
    name: 'reviews: can be created only',
    steps: [
      {
        send: { path: `/apis/${GROUP}/v1/selfsubjectaccessreviews` },
        expect: { status: 405, body: { reason: 'MethodNotAllowed', details: {} } },
      },
      {
        send: { path: `/apis/${GROUP}/v1/selfsubjectaccessreviews/a` },
        expect: { status: 404, body: { reason: 'NotFound', details: {} } },
      },
    ],
  },
  whoAmI('viewer', ['system:authenticated']),
  whoAmI('admin', ['system:masters', 'system:authenticated']),
  {
    name: 'rights: a binding to a role that does not exist is named in the refusal',
    user: 'viewer',
    steps: [
      {
        as: 'admin',
        send: {
          method: 'POST',
          path: '/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings',
          body: {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'RoleBinding',
            metadata: { name: 'dangling' },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'gone' },
            subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'viewer' }],
          },
        },
        expect: { status: 201 },
      },
      {
        send: { path: '/api/v1/namespaces/{ns}/secrets' },
        isEventual: true,
        expect: {
          status: 403,
          body: {
            message:
              'secrets is forbidden: User "viewer" cannot list resource "secrets" in API group "" in the namespace "{ns}": RBAC: role.rbac.authorization.k8s.io "gone" not found',
          },
        },
      },
    ],
  },
  {
    name: 'rights: a Role that is bound while the cluster runs holds at once',
    user: 'viewer',
    steps: [
      {
        as: 'admin',
        send: {
          method: 'POST',
          path: '/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/roles',
          body: {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'Role',
            metadata: { name: 'one-secret' },
            rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['mine'] }],
          },
        },
        expect: { status: 201 },
      },
      {
        as: 'admin',
        send: {
          method: 'POST',
          path: '/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/rolebindings',
          body: {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'RoleBinding',
            metadata: { name: 'one-secret' },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'one-secret' },
            subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
          },
        },
        expect: { status: 201 },
      },
      {
        send: { path: '/api/v1/namespaces/{ns}/secrets/mine' },
        isEventual: true,
        expect: { status: 404, body: { message: 'secrets "mine" not found' } },
      },
      { send: { path: '/api/v1/namespaces/{ns}/secrets/other' }, expect: { status: 403 } },
      { send: { path: '/api/v1/namespaces/{ns}/secrets' }, expect: { status: 403 } },
    ],
  },
];
