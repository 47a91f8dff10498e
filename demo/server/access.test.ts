import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userRights } from '@/demo/scenarios/user-rights';
import { recordsAt, valueAt } from './json-access';
import type { JsonObject } from './object-types';
import { startTestServer, type TestServer } from './start-test-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rights: userRights(['mission']) });
});
afterAll(() => server.stop());

const at = (group: string, plural: string, scope: string) =>
  `User "USER" cannot VERB resource "${plural}" in API group "${group}" ${scope}`;
const CLUSTER = 'at the cluster scope';
const MISSION = 'in the namespace "mission"';

describe('what a user may do', () => {
  it.each<[user: string, method: string, path: string, status: number, verb: string, message: string]>([
    ['viewer', 'GET', '/api/v1/namespaces', 200, '', ''],
    ['viewer', 'GET', '/api/v1/pods', 200, '', ''],
    ['viewer', 'GET', '/apis/networking.istio.io/v1/gateways', 200, '', ''],
    ['viewer', 'GET', '/api/v1/secrets', 403, 'list', `secrets is forbidden: ${at('', 'secrets', CLUSTER)}`],
    [
      'viewer',
      'GET',
      '/api/v1/namespaces/mission/secrets/a',
      403,
      'get',
      `secrets "a" is forbidden: ${at('', 'secrets', MISSION)}`,
    ],
    [
      'viewer',
      'DELETE',
      '/api/v1/namespaces/mission',
      403,
      'delete',
      `namespaces "mission" is forbidden: ${at('', 'namespaces', MISSION)}`,
    ],
    [
      'viewer',
      'POST',
      '/apis/apps/v1/namespaces/mission/deployments',
      403,
      'create',
      `deployments.apps is forbidden: ${at('apps', 'deployments', MISSION)}`,
    ],
    [
      'viewer',
      'DELETE',
      '/api/v1/namespaces/mission/pods',
      403,
      'deletecollection',
      `pods is forbidden: ${at('', 'pods', MISSION)}`,
    ],
    ['team', 'GET', '/api/v1/namespaces', 403, 'list', `namespaces is forbidden: ${at('', 'namespaces', CLUSTER)}`],
    ['team', 'GET', '/api/v1/namespaces/mission', 200, '', ''],
    [
      'team',
      'GET',
      '/api/v1/namespaces/default',
      403,
      'get',
      `namespaces "default" is forbidden: ${at('', 'namespaces', 'in the namespace "default"')}`,
    ],
    ['team', 'GET', '/api/v1/namespaces/mission/pods', 200, '', ''],
    ['team', 'GET', '/api/v1/pods', 403, 'list', `pods is forbidden: ${at('', 'pods', CLUSTER)}`],
    ['team', 'GET', '/api/v1/namespaces/mission/pods/p/log', 404, '', 'pods "p" not found'],
    [
      'team',
      'PATCH',
      '/apis/apps/v1/namespaces/mission/deployments/web/scale',
      403,
      'patch',
      `deployments.apps "web" is forbidden: ${at('apps', 'deployments/scale', MISSION)}`,
    ],
    ['team', 'GET', '/metrics', 403, 'get', 'forbidden: User "USER" cannot VERB path "/metrics"'],
    ['team', 'GET', '/apis', 200, '', ''],
  ])('%s: %s %s answers %i', async (user, method, path, status, verb, message) => {
    const answer = await server.call(method, path, { user });
    expect(answer.status).toBe(status);
    const text = message.replace('USER', user).replace('VERB', verb);
    if (text !== '') expect(answer.json.message).toBe(text);
  });

  it('lets nobody in with a wrong token', async () => {
    const { status, json } = await server.call('GET', '/api/v1/pods', { token: 'wrong' });
    expect([status, json]).toEqual([
      401,
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'Unauthorized',
        reason: 'Unauthorized',
        code: 401,
      },
    ]);
  });

  it('treats a request without a token as anonymous', async () => {
    const { status, json } = await server.call('GET', '/api/v1/pods', { user: 'nobody' });
    expect([status, json.message]).toEqual([
      403,
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    ]);
    expect((await server.call('GET', '/readyz', { user: 'nobody' })).text).toBe('ok');
    expect((await server.call('GET', '/api', { user: 'nobody' })).status).toBe(403);
  });
});

describe('self reviews', () => {
  const review = (user: string, kind: string, spec: JsonObject, group = 'authorization.k8s.io') =>
    server.call('POST', `/apis/${group}/v1/${kind.toLowerCase()}s`, {
      user,
      body: { apiVersion: `${group}/v1`, kind, spec },
    });

  it.each<[user: string, attributes: JsonObject, allowed: boolean]>([
    ['admin', { verb: 'delete', resource: 'nodes' }, true],
    ['viewer', { verb: 'list', resource: 'pods' }, true],
    ['viewer', { verb: 'get', resource: 'pods', subresource: 'log' }, true],
    ['viewer', { verb: 'list', resource: 'secrets' }, false],
    ['viewer', { verb: 'patch', resource: 'namespaces', name: 'mission', namespace: 'mission' }, false],
    ['team', { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'mission' }, true],
    ['team', { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'default' }, false],
    ['team', { verb: 'list', resource: 'pods' }, false],
  ])('%s %j: %s', async (user, resourceAttributes, allowed) => {
    const { status, json } = await review(user, 'SelfSubjectAccessReview', { resourceAttributes });
    expect([status, valueAt(json, 'status', 'allowed')]).toEqual([201, allowed]);
  });

  it('answers for paths', async () => {
    const spec = { nonResourceAttributes: { verb: 'get', path: '/apis/apps' } };
    expect(valueAt((await review('team', 'SelfSubjectAccessReview', spec)).json, 'status', 'allowed')).toBe(true);
  });

  it('refuses a review of nothing', async () => {
    expect((await review('team', 'SelfSubjectAccessReview', {})).status).toBe(422);
  });

  it('lists the rules that hold in a namespace', async () => {
    const rules = async (namespace: string) =>
      recordsAt((await review('team', 'SelfSubjectRulesReview', { namespace })).json, 'status', 'resourceRules');
    expect(await rules('mission')).toContainEqual({
      verbs: ['patch'],
      apiGroups: ['apps'],
      resources: ['deployments'],
    });
    expect(await rules('default')).not.toContainEqual(expect.objectContaining({ apiGroups: ['apps'] }));
  });

  it('says who asks', async () => {
    const { json } = await review('viewer', 'SelfSubjectReview', {}, 'authentication.k8s.io');
    expect(json).toMatchObject({
      kind: 'SelfSubjectReview',
      status: { userInfo: { username: 'viewer', groups: ['system:authenticated'] } },
    });
  });
});

it('refuses a revoked token', async () => {
  const own = await startTestServer({ rights: userRights(['mission']) });
  expect((await own.call('GET', '/api/v1/pods', { user: 'viewer' })).status).toBe(200);
  own.api.revokeToken('viewer');
  expect((await own.call('GET', '/api/v1/pods', { user: 'viewer' })).status).toBe(401);
  await own.stop();
});
