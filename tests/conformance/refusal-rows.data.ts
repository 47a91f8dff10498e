import { ABSENT, PRESENT } from './match-value';
import type { Row, RowRequest, RowUser } from './row';

const PODS = '/api/v1/namespaces/{ns}/pods';
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const MERGE = 'application/merge-patch+json';

interface Refused {
  readonly verb: string;
  readonly resource: string;
  readonly group?: string;
  readonly name?: string;
  /** Of the message; the whole cluster when left out. */
  readonly namespace?: string;
}

/** The exact 403 of one request. */
const forbids = (user: RowUser, send: RowRequest, { verb, resource, group = '', name, namespace }: Refused): Row => {
  const plural = resource.split('/')[0] ?? '';
  const kind = group === '' ? plural : `${plural}.${group}`;
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const who = user === 'stranger' ? 'system:anonymous' : user;
  const message = `${name === undefined ? kind : `${kind} "${name}"`} is forbidden: User "${who}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`;
  const details = { name: name ?? ABSENT, group: group === '' ? ABSENT : group, kind: plural };
  return {
    name: `forbidden: ${user} cannot ${verb} ${resource} ${namespace === undefined ? 'of the cluster' : `of ${namespace}`}`,
    user,
    isTeamNamespace: true,
    steps: [{ send, expect: { status: 403, body: { status: 'Failure', reason: 'Forbidden', message, details } } }],
  };
};

const post = (path: string, body: unknown): RowRequest => ({ method: 'POST', path, body });
const patch = (path: string): RowRequest => ({ method: 'PATCH', path, contentType: MERGE, body: { metadata: {} } });

const allows = (user: RowUser, path: string, status: number): Row => ({
  name: `allowed: ${user} GET ${path}`,
  user,
  isTeamNamespace: true,
  steps: [
    {
      send: { path, query: { limit: 1, labelSelector: 'none=here' } },
      isOwnToCluster: path.endsWith('nodes'),
      expect: { status, body: PRESENT },
    },
  ],
});

const UNAUTHORIZED = {
  status: 401,
  body: {
    kind: 'Status',
    status: 'Failure',
    message: 'Unauthorized',
    reason: 'Unauthorized',
    code: 401,
    details: ABSENT,
  },
};

export const REFUSAL_ROWS: readonly Row[] = [
  forbids('viewer', { path: '/api/v1/secrets' }, { verb: 'list', resource: 'secrets' }),
  forbids(
    'viewer',
    { path: '/api/v1/namespaces/{ns}/secrets/a' },
    { verb: 'get', resource: 'secrets', name: 'a', namespace: '{ns}' },
  ),
  forbids(
    'viewer',
    { path: '/api/v1/namespaces/{ns}/secrets', query: { watch: 1 } },
    { verb: 'watch', resource: 'secrets', namespace: '{ns}' },
  ),
  forbids('viewer', post('/api/v1/namespaces/{ns}/configmaps', CONFIG_MAP), {
    verb: 'create',
    resource: 'configmaps',
    namespace: '{ns}',
  }),
  forbids(
    'viewer',
    { method: 'PUT', path: '/api/v1/namespaces/{ns}/configmaps/a', body: CONFIG_MAP },
    { verb: 'update', resource: 'configmaps', name: 'a', namespace: '{ns}' },
  ),
  forbids('viewer', patch('/api/v1/namespaces/{ns}'), {
    verb: 'patch',
    resource: 'namespaces',
    name: '{ns}',
    namespace: '{ns}',
  }),
  forbids(
    'viewer',
    { method: 'DELETE', path: `${PODS}/a` },
    { verb: 'delete', resource: 'pods', name: 'a', namespace: '{ns}' },
  ),
  forbids(
    'viewer',
    { method: 'DELETE', path: PODS },
    { verb: 'deletecollection', resource: 'pods', namespace: '{ns}' },
  ),
  forbids('viewer', post(`${PODS}/a/eviction`, {}), {
    verb: 'create',
    resource: 'pods/eviction',
    name: 'a',
    namespace: '{ns}',
  }),
  forbids('team', { path: '/api/v1/namespaces' }, { verb: 'list', resource: 'namespaces' }),
  forbids(
    'team',
    { path: '/api/v1/namespaces/default' },
    { verb: 'get', resource: 'namespaces', name: 'default', namespace: 'default' },
  ),
  forbids('team', { path: '/api/v1/pods' }, { verb: 'list', resource: 'pods' }),
  forbids('team', { path: '/api/v1/pods', query: { watch: 'true' } }, { verb: 'watch', resource: 'pods' }),
  forbids(
    'team',
    { path: '/api/v1/namespaces/default/pods' },
    { verb: 'list', resource: 'pods', namespace: 'default' },
  ),
  forbids('team', post(PODS, {}), { verb: 'create', resource: 'pods', namespace: '{ns}' }),
  forbids('team', patch('/api/v1/namespaces/{ns}'), {
    verb: 'patch',
    resource: 'namespaces',
    name: '{ns}',
    namespace: '{ns}',
  }),
  forbids('team', patch('/apis/apps/v1/namespaces/{ns}/deployments/web/scale'), {
    verb: 'patch',
    resource: 'deployments/scale',
    group: 'apps',
    name: 'web',
    namespace: '{ns}',
  }),
  forbids(
    'team',
    { path: '/apis/networking.istio.io/v1/namespaces/{ns}/sidecars' },
    { verb: 'list', resource: 'sidecars', group: 'networking.istio.io', namespace: '{ns}' },
  ),
  forbids(
    'team',
    { path: '/apis/no.such.group/v1/things' },
    { verb: 'list', resource: 'things', group: 'no.such.group' },
  ),
  forbids('stranger', { path: '/api/v1/pods' }, { verb: 'list', resource: 'pods' }),
  {
    name: 'forbidden: team cannot get a path that is no resource',
    user: 'team',
    steps: [
      {
        send: { path: '/metrics' },
        expect: {
          status: 403,
          body: { message: 'forbidden: User "team" cannot get path "/metrics"', reason: 'Forbidden', details: {} },
        },
      },
    ],
  },
  {
    name: 'forbidden: a stranger sees health and version, not discovery',
    user: 'stranger',
    steps: [
      { send: { path: '/readyz' }, expect: { status: 200, body: 'ok' } },
      { send: { path: '/version' }, isOwnToCluster: true, expect: { status: 200, body: { major: '1' } } },
      {
        send: { path: '/api' },
        expect: { status: 403, body: { message: 'forbidden: User "system:anonymous" cannot get path "/api"' } },
      },
    ],
  },
  {
    name: 'unauthorized: a token that nobody has given out',
    user: 'stranger',
    steps: [
      { send: { path: '/api/v1/pods', headers: { authorization: 'Bearer not-a-token' } }, expect: UNAUTHORIZED },
      { send: { path: '/healthz', headers: { authorization: 'Bearer not-a-token' } }, expect: UNAUTHORIZED },
    ],
  },
  {
    name: 'unauthorized: a scheme that the server does not know counts as none',
    user: 'stranger',
    steps: [
      {
        send: { path: '/api/v1/pods', headers: { authorization: 'Basic YTpi' } },
        expect: { status: 403, body: { reason: 'Forbidden' } },
      },
    ],
  },
  allows('viewer', '/api/v1/nodes', 200),
  allows('viewer', '/apis/apps/v1/namespaces/{ns}/deployments', 200),
  allows('team', '/api/v1/namespaces/{ns}', 200),
  allows('team', PODS, 200),
  {
    name: 'allowed: team may restart its Deployments, if there are any',
    user: 'team',
    isTeamNamespace: true,
    steps: [
      {
        send: patch('/apis/apps/v1/namespaces/{ns}/deployments/web'),
        expect: {
          status: 404,
          body: {
            message: 'deployments.apps "web" not found',
            details: { name: 'web', group: 'apps', kind: 'deployments' },
          },
        },
      },
    ],
  },
];
