import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ClusterConnection } from '@/lib/cluster/cluster-connection';
import { listPages } from '@/lib/cluster/list-pages';
import { ClusterSession } from '@/lib/cluster/session';
import { SHORT } from './start-test-cluster';

// An API server that says what the demo cluster never would. It serves namespaces only.

type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(handle: Handler): Promise<{ session: ClusterSession; paths: string[]; server: Server }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://odd');
    paths.push(url.pathname + url.search);
    handle(url, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cluster = { name: 'odd', server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
  const user = { name: 'u', impersonateHeaders: {} };
  const connection = new ClusterConnection({ context: { name: 'odd', cluster: 'odd', user: 'u' }, cluster, user });
  const session = new ClusterSession(connection, { timings: SHORT, kinds: ['namespaces'] });
  cleanups.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => session.close(),
  );
  return { session, paths, server };
}

const object = (name: string, resourceVersion: string, annotations = {}) => ({
  metadata: { name, uid: name, resourceVersion, annotations },
});
const list = (resourceVersion: string, names: readonly string[], token?: string) => ({
  kind: 'NamespaceList',
  metadata: { resourceVersion, ...(token === undefined ? {} : { continue: token }) },
  items: names.map((name) => object(name, '1')),
});
const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
const status = (code: number, rest = {}) => ({ kind: 'Status', status: 'Failure', code, message: 'odd', ...rest });
const event = (type: string, body: unknown) => `${JSON.stringify({ type, object: body })}\n`;
const isWatch = (url: URL) => url.searchParams.get('watch') === 'true';
const namesOf = (session: ClusterSession) =>
  session.store
    .list('namespaces')
    .map(({ name }) => name)
    .sort();

describe('a watch', () => {
  it('takes events however they are cut, and resumes from a bookmark', async () => {
    let watches = 0;
    const { session, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', ['a']));
      watches += 1;
      response.writeHead(200);
      if (watches > 1) return void response.write(event('DELETED', object('a', '31')));
      const bytes = Buffer.from(
        event('ADDED', object('b', '11', { 'istio.io/note': '日本🌍' })) + event('BOOKMARK', object('', '30')),
      );
      const cuts = [0, 40, 119, 120, 121, 122, bytes.length];
      void (async () => {
        for (const [index, cut] of cuts.slice(1).entries()) {
          response.write(bytes.subarray(cuts[index], cut));
          await pause(3);
        }
        response.end();
      })();
    });
    session.start();
    await expect.poll(() => namesOf(session)).toEqual(['b']);
    expect(session.store.get('namespaces', '', 'b')?.annotations).toEqual({ 'istio.io/note': '日本🌍' });
    expect(paths.filter((path) => path.includes('watch=true'))[1]).toContain('resourceVersion=30');
    expect(paths.filter((path) => path.includes('limit='))).toHaveLength(1);
  });

  it.each<[name: string, line: string]>([
    ['a line that is not JSON', '{"type":"ADDED","obj\n'],
    ['an event of an unknown type', event('SURPRISE', object('x', '12'))],
    ['an error that is not 410', event('ERROR', status(500))],
  ])('that sends %s is opened again, and lists anew only when that does not help', async (_name, line) => {
    let watches = 0;
    const { session, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', watches < 3 ? ['a'] : ['a', 'relisted']));
      watches += 1;
      response.writeHead(200);
      if (watches <= 3) response.end(line);
      else response.flushHeaders();
    });
    session.start();
    await expect.poll(() => namesOf(session)).toEqual(['a', 'relisted']);
    expect(watches).toBeGreaterThanOrEqual(3);
    expect(paths.filter((path) => path.includes('limit=')).length).toBe(2);
    expect(session.store.state('namespaces').status).toBe('live');
  });

  it('that is answered with 410 at once does not turn into a hot loop', async () => {
    const { session, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', ['a']));
      json(response, status(410), 410);
    });
    session.start();
    await pause(1_500);
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.length).toBeLessThan(40);
  });

  it('that asks for a version too large lists anew', async () => {
    let lists = 0;
    const { session } = await serve((url, response) => {
      if (!isWatch(url)) {
        lists += 1;
        return json(response, lists === 1 ? list('900', ['old']) : list('5', ['restored']));
      }
      if (url.searchParams.get('resourceVersion') === '5') return void response.writeHead(200).flushHeaders();
      json(response, status(504, { details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } }), 504);
    });
    session.start();
    await expect.poll(() => namesOf(session)).toEqual(['restored']);
  });

  it('that stays quiet is left alone', async () => {
    const { session, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', ['a']));
      response.writeHead(200).flushHeaders();
    });
    session.start();
    await session.whenSettled();
    await pause(1_000);
    expect(paths.filter((path) => path.includes('watch=true')).length).toBe(1);
    expect(session.store.state('namespaces').status).toBe('live');
  });

  it('asks for bookmarks and an end between five and ten minutes', async () => {
    const { session, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', []));
      response.writeHead(200).flushHeaders();
    });
    session.start();
    await session.whenSettled();
    const watch = new URL(paths.find((path) => path.includes('watch=true')) ?? '', 'http://odd').searchParams;
    expect(watch.get('allowWatchBookmarks')).toBe('true');
    expect(Number(watch.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);
    expect(Number(watch.get('timeoutSeconds'))).toBeLessThanOrEqual(600);
  });
});

describe('a list', () => {
  const project = (item: Readonly<Record<string, unknown>>) => JSON.stringify(item.metadata);

  it('is taken gzipped and page by page', async () => {
    const { session } = await serve((url, response, request) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      const token = url.searchParams.get('continue');
      const page = token === null ? list('7', ['a', 'b'], 'next') : list('7', ['c']);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(page)));
    });
    const { items, resourceVersion } = await listPages(session.transport, { path: '/api/v1/x', pageSize: 2, project });
    expect([items.length, resourceVersion]).toEqual([3, '7']);
  });

  it('whose continue token expires starts again with bigger pages and never mixes two versions', async () => {
    let firsts = 0;
    const { session, paths } = await serve((url, response) => {
      if (url.searchParams.get('continue') !== null) return json(response, status(410), 410);
      firsts += 1;
      json(response, firsts < 4 ? list('1', ['stale'], 'next') : list('2', ['a', 'b']));
    });
    const { items, resourceVersion } = await listPages(session.transport, { path: '/api/v1/x', pageSize: 10, project });
    expect([items.length, resourceVersion]).toEqual([2, '2']);
    const limits = paths
      .filter((path) => !path.includes('continue'))
      .map((path) => new URL(path, 'http://x').searchParams.get('limit'));
    expect(limits).toEqual(['10', '20', '40', null]);
  });

  it('without a version is reported, not watched', async () => {
    const { session, paths } = await serve((_url, response) => json(response, list('', [])));
    session.start();
    await session.whenSettled();
    expect(session.store.state('namespaces')).toMatchObject({ status: 'syncing', reason: 'internal' });
    expect(paths.some((path) => path.includes('watch=true'))).toBe(false);
  });
});

describe('a request', () => {
  it.each<[code: number, body: unknown, want: string]>([
    [401, status(401), 'unauthorized'],
    [403, status(403), 'forbidden'],
    [404, status(404), 'not-found'],
    [409, status(409), 'conflict'],
    [410, status(410), 'gone'],
    [415, status(415), 'unsupported'],
    [422, status(422), 'invalid'],
    [429, status(429, { details: { retryAfterSeconds: 7 } }), 'unreachable'],
    [500, 'not even JSON', 'internal'],
    [503, status(503), 'unreachable'],
    [504, status(504), 'timeout'],
  ])('answered with %i fails with the code for it', async (code, body, want) => {
    const { session } = await serve((_url, response) => json(response, body, code));
    const error = await session.transport.requestJson({ path: '/x' }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: 'ClusterError', code: want, status: code });
    if (code === 429) expect(error).toMatchObject({ retryAfterMs: 7_000 });
  });

  it.each<[name: string, code: number, message: string, want: string, next: string]>([
    [
      'a webhook that failed',
      500,
      'Internal error occurred: failed calling webhook "slow.example.com": failed to call webhook: Post "https://10.0.0.1/": context deadline exceeded',
      'webhook-failed',
      'Nothing was changed. Look at the server behind webhook "slow.example.com", or at the failurePolicy',
    ],
    [
      'a webhook that said no',
      403,
      'admission webhook "strict.example.com" denied the request: no label "team"',
      'invalid',
      'Nothing was changed. Meet the rule of webhook "strict.example.com"',
    ],
  ])('stopped by %s names it', async (_name, code, message, want, next) => {
    const { session } = await serve((_url, response) => json(response, { ...status(code), message }, code));
    const error = await session.transport.requestJson({ path: '/x', method: 'PATCH' }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: want, status: code, message: expect.stringContaining(next) });
  });

  it('that is not answered in time says so', async () => {
    const { session } = await serve(() => undefined);
    const request = session.transport.requestJson({ path: '/x', timeoutMs: 50 });
    await expect(request).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('GET /x') });
    const write = session.transport.requestJson({ path: '/x', method: 'PATCH', timeoutMs: 50 });
    await expect(write).rejects.toMatchObject({ code: 'timeout', message: /change was made is not known/ });
  });

  it('answered with something else than JSON is no empty answer', async () => {
    const { session } = await serve((_url, response) => response.writeHead(200).end('<html>'));
    await expect(session.transport.requestJson({ path: '/x' })).rejects.toMatchObject({ code: 'internal' });
  });

  it('survives a connection that the server let go while idle', async () => {
    const { session } = await serve((_url, response, request) => {
      json(response, {});
      setTimeout(() => request.socket.destroy(), 1);
    });
    for (let n = 0; n < 20; n += 1) {
      await session.transport.requestJson({ path: '/x' });
      await pause(n % 4);
    }
  });

  it('is cut short when the transport closes', async () => {
    const { session } = await serve(() => undefined);
    const request = session.transport.requestJson({ path: '/x' }).catch((error: unknown) => error);
    await pause(20);
    session.transport.close();
    expect(await request).toMatchObject({ code: 'timeout' });
  });
});

describe('a session that closes', () => {
  it('leaves no connection and no watch behind', async () => {
    const { session, server, paths } = await serve((url, response) => {
      if (!isWatch(url)) return json(response, list('10', ['a']));
      response.writeHead(200).flushHeaders();
    });
    session.start();
    await session.whenSettled();
    const connections = () =>
      new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
    expect(await connections()).toBeGreaterThan(0);
    await session.close();
    await expect.poll(connections).toBe(0);
    const asked = paths.length;
    await pause(500);
    expect(paths.length).toBe(asked);
  });

  it('does so while the API server is away, and while it does not answer', async () => {
    const hanging = await serve(() => undefined);
    hanging.session.start();
    const refusing = await serve((_url, response) => response.destroy());
    refusing.session.start();
    await pause(100);
    const startedAt = Date.now();
    await Promise.all([hanging.session.close(), refusing.session.close()]);
    expect(Date.now() - startedAt).toBeLessThan(500);
  });
});
