import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordsAt, valueAt } from './json-access';
import type { JsonObject, ManagedFieldsEntry } from './object-types';
import { startTestServer, type TestServer } from './start-test-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  for (const resource of ['configmaps', 'deployments.apps', 'sidecars.networking.istio.io']) {
    for (const object of server.store.list(resource)) server.store.delete(resource, object.metadata);
  }
});

const MAP = '/api/v1/namespaces/mission/configmaps/one';
const WEB = '/apis/apps/v1/namespaces/mission/deployments/web';

const config = (data: JsonObject, metadata: JsonObject = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'one', ...metadata },
  data,
});
const apply = (path: string, manager: string, body: unknown, query = '') =>
  server.call('PATCH', `${path}?fieldManager=${manager}${query}`, {
    body,
    headers: { 'content-type': 'application/apply-patch+yaml' },
  });
const merge = (path: string, manager: string, body: unknown) =>
  server.call('PATCH', `${path}?fieldManager=${manager}`, {
    body,
    headers: { 'content-type': 'application/merge-patch+json' },
  });
const entries = (json: JsonObject) => recordsAt(json, 'metadata', 'managedFields') as unknown as ManagedFieldsEntry[];
const fieldsOf = (json: JsonObject, manager: string) =>
  entries(json).find((entry) => entry.manager === manager)?.fieldsV1;

describe('who owns a field', () => {
  it('is whoever wrote it last', async () => {
    const path = '/api/v1/namespaces/mission/configmaps?fieldManager=maker';
    const created = await server.call('POST', path, { body: config({ a: '1', b: '2' }, { labels: { app: 'web' } }) });
    expect(entries(created.json)).toEqual([
      {
        manager: 'maker',
        operation: 'Update',
        apiVersion: 'v1',
        time: expect.stringMatching(/Z$/),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
          'f:data': { '.': {}, 'f:a': {}, 'f:b': {} },
        },
      },
    ]);
    const { json } = await merge(MAP, 'labeller', {
      metadata: { labels: { app: 'db', zone: 'x' } },
      data: { b: null },
    });
    expect(fieldsOf(json, 'labeller')).toEqual({ 'f:metadata': { 'f:labels': { 'f:app': {}, 'f:zone': {} } } });
    expect(fieldsOf(json, 'maker')).toEqual({
      'f:metadata': { 'f:labels': {} },
      'f:data': { '.': {}, 'f:a': {} },
    });
  });

  it('keeps the time of a manager that changed nothing', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const { createStore } = await import('./store');
    const { KINDS } = await import('./kinds');
    const store = createStore(KINDS, { now: () => now });
    const ref = { name: 'mission' };
    const spec = { finalizers: ['kubernetes'] };
    store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: ref, spec }, { manager: 'maker' });
    const label = (labels: Record<string, string>, manager: string) => {
      now += 60_000;
      const next = store.modify('namespaces', ref, (draft) => void Object.assign(draft.metadata, { labels }), {
        manager,
      });
      return (next?.metadata.managedFields ?? []).map((entry) => `${entry.manager} ${entry.time?.slice(11, 16)}`);
    };
    expect(label({ a: '1' }, 'one')).toEqual(['maker 00:00', 'one 00:01']);
    expect(label({ a: '1', b: '1' }, 'two')).toEqual(['maker 00:00', 'one 00:01', 'two 00:02']);
    expect(label({ a: '2', b: '1' }, 'one')).toEqual(['maker 00:00', 'two 00:02', 'one 00:03']);
    expect(label({ a: '2' }, 'one')).toEqual(['maker 00:00', 'one 00:03']);
  });

  it('is told apart by subresource, and names list items by their keys', async () => {
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'app', image: 'x', ports: [{ containerPort: 80 }] }] },
        },
      },
    };
    await server.call('POST', '/apis/apps/v1/namespaces/mission/deployments?fieldManager=maker', { body });
    await merge(`${WEB}/status`, 'controller', { status: { conditions: [{ type: 'Available', status: 'True' }] } });
    const { json } = await merge(`${WEB}/scale`, 'scaler', { spec: { replicas: 4 } }).then(() =>
      server.call('GET', WEB),
    );
    expect(entries(json).map((entry) => [entry.manager, entry.subresource ?? ''])).toEqual([
      // What came through `scale` has no time, so it is first.
      ['scaler', 'scale'],
      ['controller', 'status'],
      ['maker', ''],
    ]);
    expect(fieldsOf(json, 'scaler')).toEqual({ 'f:spec': { 'f:replicas': {} } });
    const containers = valueAt(
      fieldsOf(json, 'maker'),
      'f:spec',
      'f:template',
      'f:spec',
      'f:containers',
      'k:{"name":"app"}',
      'f:ports',
    );
    expect(containers).toEqual({
      '.': {},
      'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} },
    });
  });
});

describe('server-side apply', () => {
  it('creates, changes nothing the second time, and removes what is no longer applied', async () => {
    const created = await apply(MAP, 'me', config({ a: '1', b: '2' }));
    expect(created.status).toBe(201);
    const version = server.store.resourceVersion;
    expect((await apply(MAP, 'me', config({ a: '1', b: '2' }))).status).toBe(200);
    expect(server.store.resourceVersion).toBe(version);
    const { json } = await apply(MAP, 'me', config({ a: '1', c: '3' }));
    expect(json.data).toEqual({ a: '1', c: '3' });
    expect(fieldsOf(json, 'me')).toEqual({ 'f:data': { 'f:a': {}, 'f:c': {} } });
  });

  it('conflicts on what another manager set to something else, until forced', async () => {
    await apply(MAP, 'first', config({ a: '1', b: '2' }));
    const refused = await apply(MAP, 'second', config({ a: '9' }));
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "first": .data.a',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "first"', field: '.data.a' }],
      },
    });
    const { json } = await apply(MAP, 'second', config({ a: '9' }), '&force=true');
    expect(json.data).toEqual({ a: '9', b: '2' });
    expect([fieldsOf(json, 'first'), fieldsOf(json, 'second')]).toEqual([
      { 'f:data': { 'f:b': {} } },
      { 'f:data': { 'f:a': {} } },
    ]);
  });

  it('names several conflicts', async () => {
    await apply(MAP, 'first', config({ a: '1', b: '2' }));
    const { json } = await apply(MAP, 'second', config({ a: '8', b: '9' }));
    expect(json.message).toBe('Apply failed with 2 conflicts: conflicts with "first":\n- .data.a\n- .data.b');
  });

  it('shares a field that both managers set alike', async () => {
    await apply(MAP, 'first', config({ a: '1' }));
    await apply(MAP, 'second', config({ a: '1' }));
    const { json } = await apply(MAP, 'first', config({}));
    expect(json.data).toEqual({ a: '1' });
  });

  it('merges lists of a built-in kind by key', async () => {
    const web = (containers: JsonObject[], labels = { app: 'web' }) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels }, spec: { containers } } },
    });
    await apply(WEB, 'first', web([{ name: 'app', image: 'x', env: [{ name: 'A', value: '1' }] }]));
    const { json } = await apply(WEB, 'second', web([{ name: 'side', image: 'y' }]));
    const names = (answer: JsonObject) =>
      recordsAt(answer, 'spec', 'template', 'spec', 'containers').map((container) => container.name);
    expect(names(json).sort()).toEqual(['app', 'side']);
    const removed = await apply(WEB, 'second', web([]));
    expect(names(removed.json)).toEqual(['app']);
  });

  it('replaces lists of a custom kind', async () => {
    const path = '/apis/networking.istio.io/v1/namespaces/mission/sidecars/s';
    const sidecar = (hosts: string[]) => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 's' },
      spec: { egress: [{ hosts }] },
    });
    await apply(path, 'me', sidecar(['a/*', 'b/*']));
    const { json } = await apply(path, 'me', sidecar(['c/*']));
    expect(json.spec).toEqual({ egress: [{ hosts: ['c/*'] }] });
  });

  it.each<[name: string, query: string, body: unknown, status: number]>([
    ['without a manager', '', config({}), 422],
    ['with managedFields', 'me', config({}, { managedFields: [] as unknown as JsonObject }), 200],
    ['of another name', 'me', { ...config({}), metadata: { name: 'two' } }, 400],
  ])('%s', async (_name, manager, body, status) => {
    await apply(MAP, 'me', config({}));
    expect((await apply(MAP, manager, body)).status).toBe(status);
  });

  it('keeps nothing of a dry run', async () => {
    await apply(MAP, 'me', config({ a: '1' }), '&dryRun=All');
    expect(server.store.get('configmaps', { namespace: 'mission', name: 'one' })).toBeUndefined();
  });
});
