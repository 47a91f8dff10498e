import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordsAt, stringAt, valueAt } from './json-access';
import type { JsonObject } from './object-types';
import { startTestServer, type TestRequest, type TestServer } from './start-test-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const MAPS = '/api/v1/namespaces/mission/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/mission/deployments';
const map = (name: string, data: JsonObject = { a: '1' }): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const deployment = (over: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'nginx:1.18.0' }] } },
    ...over,
  },
});
const patchWith = (type: string, body: unknown): TestRequest => ({
  body,
  headers: { 'content-type': `application/${type}` },
});

beforeEach(() => {
  for (const resource of ['configmaps', 'deployments.apps', 'pods', 'secrets']) {
    for (const object of server.store.list(resource)) {
      server.store.delete(resource, object.metadata, { gracePeriodSeconds: 0 });
    }
  }
});

describe('create', () => {
  it('answers 201 with what the server sets', async () => {
    const { status, json } = await server.call('POST', MAPS, { body: map('one') });
    expect(status).toBe(201);
    expect(json.metadata).toMatchObject({
      name: 'one',
      namespace: 'mission',
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceVersion: String(server.store.resourceVersion),
      creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('makes a name from generateName', async () => {
    const body = { ...map('x'), metadata: { generateName: 'one-' } };
    const { json } = await server.call('POST', MAPS, { body });
    expect(stringAt(json, 'metadata', 'name')).toMatch(/^one-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('reads YAML', async () => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: b\n';
    const { status, json } = await server.call('POST', MAPS, { body, headers: { 'content-type': 'application/yaml' } });
    expect([status, json.data]).toEqual([201, { a: 'b' }]);
  });

  it('keeps nothing of a dry run', async () => {
    const { status } = await server.call('POST', `${MAPS}?dryRun=All`, { body: map('dry') });
    expect([status, server.store.get('configmaps', { namespace: 'mission', name: 'dry' })]).toEqual([201, undefined]);
  });

  it.each<[name: string, path: string, body: unknown, status: number, reason: string, message: string]>([
    [
      'a name that is taken',
      '/api/v1/namespaces',
      { ...map('mission'), kind: 'Namespace' },
      409,
      'AlreadyExists',
      'namespaces "mission" already exists',
    ],
    [
      'a namespace that is missing',
      '/api/v1/namespaces/nope/configmaps',
      map('a'),
      404,
      'NotFound',
      'namespaces "nope" not found',
    ],
    [
      'another kind',
      MAPS,
      { ...map('a'), kind: 'Secret' },
      400,
      'BadRequest',
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    ],
    [
      'another version',
      MAPS,
      { ...map('a'), apiVersion: 'v2' },
      400,
      'BadRequest',
      'ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'another namespace',
      MAPS,
      { ...map('a'), metadata: { name: 'a', namespace: 'default' } },
      400,
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    ['text that is no JSON', MAPS, '{', 400, 'BadRequest', ''],
    [
      'labels that are no texts',
      MAPS,
      { ...map('a'), metadata: { name: 'a', labels: { a: 1 } } },
      400,
      'BadRequest',
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
  ])('refuses %s', async (_name, path, body, status, reason, message) => {
    const { status: got, json } = await server.call('POST', path, { body });
    expect([got, json.reason]).toEqual([status, reason]);
    if (message !== '') expect(json.message).toBe(message);
  });

  it('refuses a content type that it cannot read with 415', async () => {
    const { status, json } = await server.call('POST', MAPS, { body: 'x', headers: { 'content-type': 'text/plain' } });
    expect([status, json.reason]).toEqual([415, 'UnsupportedMediaType']);
  });
});

describe('validation', () => {
  const pod = (over: JsonObject, spec: JsonObject = {}): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...over },
    spec: { containers: [{ name: 'app', image: 'nginx' }], ...spec },
  });
  const PODS = '/api/v1/namespaces/mission/pods';

  it.each<[name: string, path: string, body: JsonObject, field: string, reason: string, message: RegExp]>([
    [
      'a bad name',
      PODS,
      pod({ name: 'Bad_Name' }),
      'metadata.name',
      'FieldValueInvalid',
      /^Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must/,
    ],
    [
      'a bad namespace name',
      '/api/v1/namespaces',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } },
      'metadata.name',
      'FieldValueInvalid',
      /a lowercase RFC 1123 label must/,
    ],
    [
      'a label key',
      PODS,
      pod({ labels: { 'a b': 'x' } }),
      'metadata.labels',
      'FieldValueInvalid',
      /^Invalid value: "a b": name part must consist of/,
    ],
    [
      'a label value',
      PODS,
      pod({ labels: { a: 'x y' } }),
      'metadata.labels',
      'FieldValueInvalid',
      /^Invalid value: "x y": a valid label must be/,
    ],
    [
      'a long label value',
      PODS,
      pod({ labels: { a: 'x'.repeat(64) } }),
      'metadata.labels',
      'FieldValueInvalid',
      /must be no more than 63 bytes$/,
    ],
    [
      'a missing container list',
      PODS,
      pod({}, { containers: [] }),
      'spec.containers',
      'FieldValueRequired',
      /^Required value$/,
    ],
    [
      'a missing image',
      PODS,
      pod({}, { containers: [{ name: 'a' }] }),
      'spec.containers[0].image',
      'FieldValueRequired',
      /^Required value$/,
    ],
    [
      'two containers of one name',
      PODS,
      pod(
        {},
        {
          containers: [
            { name: 'a', image: 'x' },
            { name: 'a', image: 'x' },
          ],
        },
      ),
      'spec.containers[1].name',
      'FieldValueDuplicate',
      /^Duplicate value: "a"$/,
    ],
    [
      'a mount of no volume',
      PODS,
      pod({}, { containers: [{ name: 'a', image: 'x', volumeMounts: [{ name: 'v', mountPath: '/v' }] }] }),
      'spec.containers[0].volumeMounts[0].name',
      'FieldValueNotFound',
      /^Not found: "v"$/,
    ],
    [
      'a restart policy',
      PODS,
      pod({}, { restartPolicy: 'Sometimes' }),
      'spec.restartPolicy',
      'FieldValueNotSupported',
      /^Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"$/,
    ],
    [
      'a selector that misses its template',
      DEPLOYMENTS,
      deployment({ selector: { matchLabels: { app: 'db' } } }),
      'spec.template.metadata.labels',
      'FieldValueInvalid',
      /^Invalid value: \{"app":"web"\}: `selector` does not match template `labels`$/,
    ],
    [
      'an empty selector',
      DEPLOYMENTS,
      deployment({ selector: {} }),
      'spec.selector',
      'FieldValueInvalid',
      /^Invalid value: \{\}: empty selector is invalid for deployment$/,
    ],
    [
      'a cron job without a schedule',
      '/apis/batch/v1/namespaces/mission/cronjobs',
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'c' },
        spec: {
          jobTemplate: {
            spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'x' }] } } },
          },
        },
      },
      'spec.schedule',
      'FieldValueRequired',
      /^Required value$/,
    ],
  ])('refuses %s with 422', async (_name, path, body, field, reason, message) => {
    const { status, json } = await server.call('POST', path, { body });
    expect([status, json.reason]).toEqual([422, 'Invalid']);
    const [cause, ...more] = recordsAt(json, 'details', 'causes');
    expect(cause).toEqual({ reason, field, message: expect.stringMatching(message) });
    expect(more).toEqual([]);
    expect(json.message).toContain(`is invalid: ${field}: ${String(cause?.message)}`);
  });

  it('lists all causes in one message', async () => {
    const { json } = await server.call('POST', PODS, { body: pod({ name: 'A' }, { containers: [] }) });
    expect(json.message).toMatch(/^Pod "A" is invalid: \[metadata\.name: .*, spec\.containers: Required value\]$/);
  });

  it('keeps a deployment on its selector', async () => {
    await server.call('POST', DEPLOYMENTS, { body: deployment() });
    const labels = { matchLabels: { app: 'web', tier: 'x' } };
    const body = deployment({
      selector: labels,
      template: { metadata: { labels: labels.matchLabels }, spec: { containers: [{ name: 'app', image: 'x' }] } },
    });
    const { status, json } = await server.call('PUT', `${DEPLOYMENTS}/web`, { body });
    expect(status).toBe(422);
    expect(json.message).toBe(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"x"}}: field is immutable',
    );
  });

  it('lets a pod change its image and little else', async () => {
    await server.call('POST', PODS, { body: pod({}) });
    const image = patchWith('strategic-merge-patch+json', {
      spec: { containers: [{ name: 'app', image: 'nginx:2' }] },
    });
    expect((await server.call('PATCH', `${PODS}/p`, image)).status).toBe(200);
    const command = patchWith('strategic-merge-patch+json', {
      spec: { containers: [{ name: 'app', command: ['x'] }] },
    });
    const { status, json } = await server.call('PATCH', `${PODS}/p`, command);
    expect([status, json.message]).toEqual([
      422,
      expect.stringContaining('pod updates may not change fields other than'),
    ]);
  });
});

describe('update', () => {
  it('conflicts on a stale version, in the real words', async () => {
    const created = await server.call('POST', MAPS, { body: map('one') });
    await server.call('PUT', `${MAPS}/one`, { body: map('one', { a: '2' }) });
    const { status, json } = await server.call('PUT', `${MAPS}/one`, { body: { ...created.json, data: { a: '3' } } });
    expect(status).toBe(409);
    expect(json).toMatchObject({
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'one', kind: 'configmaps' },
    });
  });

  it('spends no version when nothing changes', async () => {
    await server.call('POST', MAPS, { body: map('one') });
    const before = server.store.resourceVersion;
    await server.call('PUT', `${MAPS}/one`, { body: map('one') });
    expect(server.store.resourceVersion).toBe(before);
  });

  it('counts generations of the spec, not of metadata or status', async () => {
    const { json } = await server.call('POST', DEPLOYMENTS, { body: deployment() });
    const generation = async (body: JsonObject, path = '') =>
      valueAt(
        (await server.call('PATCH', `${DEPLOYMENTS}/web${path}`, patchWith('merge-patch+json', body))).json,
        'metadata',
        'generation',
      );
    expect(valueAt(json, 'metadata', 'generation')).toBe(1);
    expect(await generation({ metadata: { labels: { a: 'b' } } })).toBe(1);
    expect(await generation({ status: { replicas: 1 } }, '/status')).toBe(1);
    expect(await generation({ spec: { replicas: 2 } })).toBe(2);
  });

  it('keeps status and spec apart', async () => {
    await server.call('POST', DEPLOYMENTS, { body: { ...deployment(), status: { replicas: 9 } } });
    const body = { spec: { replicas: 7 }, status: { readyReplicas: 3 } };
    const both = await server.call('PATCH', `${DEPLOYMENTS}/web/status`, patchWith('merge-patch+json', body));
    expect(valueAt(both.json, 'spec', 'replicas')).toBe(1);
    expect(both.json.status).toEqual({ readyReplicas: 3 });
    const main = await server.call(
      'PATCH',
      `${DEPLOYMENTS}/web`,
      patchWith('merge-patch+json', { status: { readyReplicas: 5 } }),
    );
    expect(main.json.status).toEqual({ readyReplicas: 3 });
  });
});

describe('patch', () => {
  beforeEach(async () => {
    await server.call('POST', MAPS, { body: map('one', { a: '1', b: '2' }) });
  });

  it.each<[name: string, type: string, patch: unknown, status: number, data: unknown]>([
    ['merge', 'merge-patch+json', { data: { a: null, c: '3' } }, 200, { b: '2', c: '3' }],
    ['json', 'json-patch+json', [{ op: 'replace', path: '/data/a', value: '9' }], 200, { a: '9', b: '2' }],
    [
      'json with a test that holds',
      'json-patch+json',
      [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'remove', path: '/data/a' },
      ],
      200,
      { b: '2' },
    ],
    ['strategic', 'strategic-merge-patch+json', { data: { b: null } }, 200, { a: '1' }],
    ['strategic replace', 'strategic-merge-patch+json', { data: { $patch: 'replace', z: '1' } }, 200, { z: '1' }],
    ['strategic retainKeys', 'strategic-merge-patch+json', { data: { $retainKeys: ['a'], a: '5' } }, 200, { a: '5' }],
  ])('%s', async (_name, type, patch, status, data) => {
    const answer = await server.call('PATCH', `${MAPS}/one`, patchWith(type, patch));
    expect([answer.status, answer.json.data]).toEqual([status, data]);
  });

  it.each<[name: string, type: string, patch: unknown, status: number, reason: string]>([
    ['a test that fails', 'json-patch+json', [{ op: 'test', path: '/data/a', value: 'x' }], 422, 'Invalid'],
    ['a path that is missing', 'json-patch+json', [{ op: 'remove', path: '/data/zz' }], 422, 'Invalid'],
    ['an object as a JSON patch', 'json-patch+json', {}, 400, 'BadRequest'],
    ['a list as a merge patch', 'merge-patch+json', [], 400, 'BadRequest'],
    ['a stale version', 'merge-patch+json', { metadata: { resourceVersion: '1' }, data: { a: '7' } }, 409, 'Conflict'],
    ['another uid', 'merge-patch+json', { metadata: { uid: 'x' } }, 422, 'Invalid'],
    ['an unknown media type', 'xml', '<a/>', 415, 'UnsupportedMediaType'],
  ])('refuses %s', async (_name, type, patch, status, reason) => {
    const answer = await server.call('PATCH', `${MAPS}/one`, patchWith(type, patch));
    expect([answer.status, answer.json.reason]).toEqual([status, reason]);
  });

  it('refuses a strategic merge patch of a custom kind', async () => {
    const path = '/apis/networking.istio.io/v1/namespaces/mission/sidecars/s';
    const { status, json } = await server.call('PATCH', path, patchWith('strategic-merge-patch+json', {}));
    expect([status, json.message]).toEqual([415, expect.not.stringContaining('strategic')]);
  });

  it('takes a patch that names the current version', async () => {
    const resourceVersion = stringAt((await server.call('GET', `${MAPS}/one`)).json, 'metadata', 'resourceVersion');
    const answer = await server.call(
      'PATCH',
      `${MAPS}/one`,
      patchWith('merge-patch+json', { metadata: { resourceVersion }, data: { a: '7' } }),
    );
    expect(answer.status).toBe(200);
  });
});

describe('delete', () => {
  it('answers with a Status and is gone', async () => {
    const created = await server.call('POST', MAPS, { body: map('one') });
    const { status, json } = await server.call('DELETE', `${MAPS}/one`);
    expect([status, json.status, json.details]).toEqual([
      200,
      'Success',
      { name: 'one', kind: 'configmaps', uid: valueAt(created.json, 'metadata', 'uid') },
    ]);
    expect((await server.call('GET', `${MAPS}/one`)).status).toBe(404);
  });

  it.each([{ uid: 'other' }, { resourceVersion: '1' }])('conflicts on the precondition %j', async (preconditions) => {
    await server.call('POST', MAPS, { body: map('one') });
    const { status, json } = await server.call('DELETE', `${MAPS}/one`, { body: { preconditions } });
    expect([status, json.message]).toEqual([409, expect.stringContaining('in the precondition')]);
  });

  it('waits for finalizers', async () => {
    await server.call('POST', MAPS, {
      body: { ...map('one'), metadata: { name: 'one', finalizers: ['example.com/hold'] } },
    });
    const { json } = await server.call('DELETE', `${MAPS}/one`);
    expect(valueAt(json, 'metadata', 'deletionTimestamp')).toBeDefined();
    await server.call('PATCH', `${MAPS}/one`, patchWith('merge-patch+json', { metadata: { finalizers: null } }));
    expect((await server.call('GET', `${MAPS}/one`)).status).toBe(404);
  });

  it('deletes what a selector picks', async () => {
    for (const name of ['a', 'b'])
      await server.call('POST', MAPS, { body: { ...map(name), metadata: { name, labels: { name } } } });
    await server.call('DELETE', `${MAPS}?labelSelector=name%3Da`);
    const left = await server.call('GET', MAPS);
    expect(recordsAt(left.json, 'items').map((item) => stringAt(item, 'metadata', 'name'))).toEqual(['b']);
  });

  it('keeps a dry run', async () => {
    await server.call('POST', MAPS, { body: map('one') });
    await server.call('DELETE', `${MAPS}/one?dryRun=All`);
    expect((await server.call('GET', `${MAPS}/one`)).status).toBe(200);
  });
});

describe('scale', () => {
  beforeEach(async () => {
    await server.call('POST', DEPLOYMENTS, { body: deployment({ replicas: 3 }) });
  });

  it('reads and writes the replica count', async () => {
    const { json } = await server.call('GET', `${DEPLOYMENTS}/web/scale`);
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
      status: { selector: 'app=web' },
    });
    await server.call('PUT', `${DEPLOYMENTS}/web/scale`, { body: { ...json, spec: { replicas: 5 } } });
    await server.call('PATCH', `${DEPLOYMENTS}/web/scale`, patchWith('merge-patch+json', { metadata: {} }));
    expect(valueAt((await server.call('GET', `${DEPLOYMENTS}/web`)).json, 'spec', 'replicas')).toBe(5);
  });

  it('is not there for kinds without replicas', async () => {
    expect((await server.call('GET', `${MAPS}/one/scale`)).status).toBe(404);
  });
});
