import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordsAt, stringAt, valueAt } from './json-access';
import type { JsonObject } from './object-types';
import { startTestServer, type TestServer } from './start-test-server';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ bookmarkIntervalMs: 40 });
});
afterEach(() => server.stop());

const MAPS = '/api/v1/namespaces/mission/configmaps';
const ref = (name: string) => ({ namespace: 'mission', name });

function create(name: string, labels: Record<string, string> = {}) {
  return server.store.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...ref(name), labels } });
}

function relabel(name: string, labels: Record<string, string>) {
  server.store.modify('configmaps', ref(name), (draft) => {
    draft.metadata.labels = labels;
  });
}

const short = (events: readonly JsonObject[]) =>
  events.map((event) => `${String(event.type)} ${stringAt(event, 'object', 'metadata', 'name') ?? ''}`.trim());

describe('where a watch starts', () => {
  it.each(['', '&resourceVersion=0'])('with the present state for %j', async (version) => {
    create('a');
    const watch = await server.watch(`${MAPS}?watch=1${version}`);
    create('b');
    expect(short(await watch.count(2))).toEqual(['ADDED a', 'ADDED b']);
  });

  it('after a version, with what was missed', async () => {
    create('a');
    const version = server.store.resourceVersion;
    create('b');
    relabel('a', { x: 'y' });
    server.store.delete('configmaps', ref('b'));
    const watch = await server.watch(`${MAPS}?watch=1&resourceVersion=${version}`);
    create('c');
    expect(short(await watch.count(4))).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b', 'ADDED c']);
    expect(stringAt(watch.events[2], 'object', 'metadata', 'resourceVersion')).toBe(String(version + 3));
  });

  it('with an ERROR of 410 when that version was compacted', async () => {
    create('a');
    create('b');
    server.api.compact();
    const watch = await server.watch(`${MAPS}?watch=1&resourceVersion=2`);
    await watch.ended;
    expect(watch.events).toMatchObject(
      [
        {
          type: 'ERROR',
          object: { kind: 'Status', code: 410, reason: 'Expired', message: /^too old resource version: 2 \(\d+\)$/ },
        },
      ].map((event) => ({
        ...event,
        object: { ...event.object, message: expect.stringMatching(event.object.message) },
      })),
    );
  });

  it('with the state and a bookmark for sendInitialEvents', async () => {
    create('a');
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const watch = await server.watch(`${MAPS}?${query}`);
    const [added, bookmark] = await watch.count(2);
    expect(short(added === undefined ? [] : [added])).toEqual(['ADDED a']);
    expect(bookmark).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: String(server.store.resourceVersion),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
  });

  it('not at all for sendInitialEvents without resourceVersionMatch', async () => {
    const { status, json } = await server.call('GET', `${MAPS}?watch=1&sendInitialEvents=true`);
    expect([status, json.reason]).toEqual([422, 'Invalid']);
  });
});

describe('a watch', () => {
  it('sends bookmarks with the newest version when allowed', async () => {
    const watch = await server.watch(
      `${MAPS}?watch=1&allowWatchBookmarks=true&resourceVersion=${server.store.resourceVersion}`,
    );
    server.store.create('secrets', { apiVersion: 'v1', kind: 'Secret', metadata: ref('elsewhere') });
    const newest = String(server.store.resourceVersion);
    await expect
      .poll(() => watch.events.some((event) => stringAt(event, 'object', 'metadata', 'resourceVersion') === newest))
      .toBe(true);
    expect(new Set(short(watch.events))).toEqual(new Set(['BOOKMARK']));
  });

  it('ends by itself after timeoutSeconds', async () => {
    const watch = await server.watch(`${MAPS}?watch=1&timeoutSeconds=1`);
    const start = Date.now();
    await watch.ended;
    expect(Date.now() - start).toBeGreaterThan(800);
    expect(watch.events).toEqual([]);
  });

  it('tells objects that come to meet its selector from those that cease to', async () => {
    create('a', { app: 'web' });
    create('b', { app: 'db' });
    const watch = await server.watch(`${MAPS}?watch=1&labelSelector=app%3Dweb`);
    relabel('b', { app: 'web' });
    relabel('b', { app: 'web', more: '1' });
    relabel('a', { app: 'db' });
    relabel('a', { app: 'db', more: '1' });
    server.store.delete('configmaps', ref('b'));
    server.store.delete('configmaps', ref('a'));
    create('c', { app: 'web' });
    expect(short(await watch.count(6))).toEqual([
      'ADDED a',
      'ADDED b',
      'MODIFIED b',
      'DELETED a',
      'DELETED b',
      'ADDED c',
    ]);
  });

  it('stays within its namespace and its name', async () => {
    const one = await server.watch(`${MAPS}?watch=1&fieldSelector=metadata.name%3Da`);
    const all = await server.watch('/api/v1/configmaps?watch=1');
    server.store.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'default' },
    });
    create('b');
    create('a');
    expect(short(await all.count(3))).toEqual(['ADDED a', 'ADDED b', 'ADDED a']);
    expect(short(await one.count(1))).toEqual(['ADDED a']);
    expect(stringAt(one.events[0], 'object', 'metadata', 'namespace')).toBe('mission');
  });

  it('prints tables, with the columns once', async () => {
    create('a');
    create('b');
    const watch = await server.watch(`${MAPS}?watch=1`, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    const events = await watch.count(2);
    expect(events.map((event) => valueAt(event, 'object', 'kind'))).toEqual(['Table', 'Table']);
    expect(events.map((event) => recordsAt(event, 'object', 'columnDefinitions').length)).toEqual([3, 0]);
    expect(recordsAt(events[1], 'object', 'rows')[0]?.cells).toEqual(['b', 0, expect.stringMatching(/^\d+s$/)]);
  });
});

describe('the server', () => {
  it('drops all connections in an outage and keeps its state and port', async () => {
    create('a');
    const watch = await server.watch(`${MAPS}?watch=1`);
    await watch.count(1);
    await server.api.pause();
    await watch.ended;
    await expect(server.call('GET', MAPS)).rejects.toThrow(/ECONNREFUSED/);
    create('b');
    await server.api.resume();
    const { json } = await server.call('GET', MAPS);
    expect(recordsAt(json, 'items')).toHaveLength(2);
  });

  it('stops at once with a watch open', async () => {
    const watch = await server.watch(`${MAPS}?watch=1`);
    const start = Date.now();
    await server.api.stop();
    await watch.ended;
    expect(Date.now() - start).toBeLessThan(500);
  });

  it.each([503, 429])('answers %i while told to fail', async (status) => {
    server.api.setFault({ status });
    const failed = await server.call('GET', MAPS);
    expect([failed.status, failed.json.kind, failed.headers['retry-after']]).toEqual([status, 'Status', '1']);
    server.api.setFault(undefined);
    expect((await server.call('GET', MAPS)).status).toBe(200);
  });
});
