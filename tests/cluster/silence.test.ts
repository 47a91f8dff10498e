import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Timings } from '@/lib/cluster/backoff';
import { ClusterConnection } from '@/lib/cluster/cluster-connection';
import { ClusterSession } from '@/lib/cluster/session';
import { SHORT } from './start-test-cluster';

// An API server that goes on holding its connections and says nothing, or says no, for a while.

const PULSE: Partial<Timings> = { ...SHORT, pulseMs: 60, pulseTimeoutMs: 120 };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Mood = 'serving' | 'silent' | 'refusing' | 'forbidding' | 'missing';

interface MoodyServer {
  readonly session: ClusterSession;
  readonly paths: string[];
  mood: Mood;
  /** Sends an event to every watch that is open. */
  tell(name: string): void;
  /** Breaks the watches that are open. */
  dropWatches(): void;
}

/** `latencyMs`: what every answer takes. */
async function serve(timings = PULSE, latencyMs = 0): Promise<MoodyServer> {
  const watches = new Set<ServerResponse>();
  const paths: string[] = [];
  let version = 10;
  let names: string[] = ['a'];
  const object = (name: string) => ({ metadata: { name, uid: name, resourceVersion: String(version) } });
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://moody');
    paths.push(url.pathname + url.search);
    const json = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
    if (moody.mood === 'silent') return;
    if (moody.mood === 'refusing') return json(401, { kind: 'Status', message: 'Unauthorized' });
    if (moody.mood === 'forbidding') return json(403, { kind: 'Status', message: 'no roles yet' });
    if (moody.mood === 'missing') return json(404, { kind: 'Status', message: 'not installed yet' });
    if (url.pathname === '/version') return json(200, { major: '1' });
    if (url.searchParams.get('watch') !== 'true') {
      return json(200, { metadata: { resourceVersion: String(version) }, items: names.map(object) });
    }
    response.writeHead(200).flushHeaders();
    watches.add(response);
    response.on('close', () => watches.delete(response));
  };
  const server: Server = createServer((request, response) => {
    setTimeout(() => answer(request, response), latencyMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cluster = { name: 'moody', server: `http://127.0.0.1:${port}`, skipTLSVerify: true };
  const user = { name: 'u', impersonateHeaders: {} };
  const context = { name: 'moody', cluster: 'moody', user: 'u' };
  const session = new ClusterSession(new ClusterConnection({ context, cluster, user }), {
    timings,
    kinds: ['namespaces'],
  });
  const moody: MoodyServer = {
    session,
    paths,
    mood: 'serving',
    tell: (name) => {
      version += 1;
      names = [...names, name];
      for (const watch of watches) watch.write(`${JSON.stringify({ type: 'ADDED', object: object(name) })}\n`);
    },
    dropWatches: () => {
      for (const watch of watches) watch.destroy();
    },
  };
  cleanups.push(
    () => server.closeAllConnections(),
    () => server.close(),
    () => session.close(),
  );
  session.start();
  await session.whenSettled();
  return moody;
}

const statusOf = ({ session }: MoodyServer) => session.store.state('namespaces').status;
const namesOf = ({ session }: MoodyServer) => session.store.list('namespaces').map(({ name }) => name);
const watchesOf = ({ paths }: MoodyServer) => paths.filter((path) => path.includes('watch=true')).length;

describe('an API server that falls silent with its connections open', () => {
  it('is told as stale since it was last heard, and live as soon as it answers', async () => {
    const moody = await serve();
    await pause(100);
    const silentAt = Date.now();
    moody.mood = 'silent';
    await expect.poll(() => statusOf(moody), { timeout: 1_000, interval: 10 }).toBe('stale');
    const { staleSince = '', problem } = moody.session.store.connection();
    expect(problem).toBe('unreachable');
    expect(Math.abs(Date.parse(staleSince) - silentAt)).toBeLessThan(150);
    await pause(300);
    moody.mood = 'serving';
    await expect.poll(() => statusOf(moody), { timeout: 1_000, interval: 10 }).toBe('live');
    moody.tell('b');
    await expect.poll(() => namesOf(moody)).toContain('b');
  });

  it('is not waited for by whoever asks for something meanwhile', async () => {
    const moody = await serve();
    moody.mood = 'silent';
    const startedAt = Date.now();
    const asked = await moody.session.transport.requestJson({ path: '/x' }).catch((error: unknown) => error);
    expect(asked).toMatchObject({ code: 'timeout' });
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });

  it('is not thought silent while a watch brings something', async () => {
    const moody = await serve({ ...PULSE, pulseTimeoutMs: 300 });
    moody.mood = 'silent';
    const opened = watchesOf(moody);
    for (let n = 0; n < 20; n += 1) {
      moody.tell(`later-${n}`);
      await pause(50);
      expect(statusOf(moody)).toBe('live');
    }
    expect(watchesOf(moody)).toBe(opened);
  });

  it('that is only slow is not lost over and over', async () => {
    const moody = await serve(PULSE, 200);
    let losses = 0;
    moody.session.store.subscribe(() => {
      if (statusOf(moody) === 'stale') losses += 1;
    });
    await pause(2_500);
    expect(losses).toBeLessThanOrEqual(1);
    expect(statusOf(moody)).toBe('live');
  });

  it('has its watches opened anew when only they are dead', async () => {
    const moody = await serve({ ...PULSE, quietWatchMs: 150, healthyWatchMs: 100 });
    const opened = watchesOf(moody);
    await expect.poll(() => watchesOf(moody), { timeout: 2_000 }).toBeGreaterThan(opened + 2);
    expect(statusOf(moody)).toBe('live');
    expect(moody.paths.filter((path) => path.startsWith('/api/v1/namespaces?limit=500'))).toHaveLength(1);
  });
});

describe('an API server that refuses the user', () => {
  it('has its open watches closed, since nobody may read them any more', async () => {
    const moody = await serve();
    moody.mood = 'refusing';
    await expect.poll(() => moody.session.store.connection().problem, { timeout: 2_000 }).toBe('unauthorized');
    moody.tell('unseen');
    await pause(50);
    expect(namesOf(moody)).toEqual(['a']);
    moody.mood = 'serving';
    await expect.poll(() => statusOf(moody), { timeout: 3_000 }).toBe('live');
    moody.tell('seen');
    await expect.poll(() => namesOf(moody)).toContain('seen');
  });
});

describe('an API server that starts', () => {
  it.each(['forbidding', 'missing'] as const)('and is %s for a moment does not empty the snapshot', async (mood) => {
    const moody = await serve({ ...PULSE, doubtMs: 2_000 });
    const seen = new Set<string>();
    moody.session.store.subscribe(() => seen.add(moody.session.store.state('namespaces').status));
    moody.mood = mood;
    moody.dropWatches();
    await expect.poll(() => statusOf(moody), { timeout: 1_000, interval: 10 }).toBe('stale');
    await pause(200);
    expect(namesOf(moody)).toEqual(['a']);
    moody.mood = 'serving';
    await expect.poll(() => statusOf(moody), { timeout: 2_000 }).toBe('live');
    expect([...seen]).not.toContain('missing');
  });

  it('is believed when it goes on forbidding', async () => {
    const moody = await serve({ ...PULSE, doubtMs: 200 });
    moody.mood = 'forbidding';
    moody.dropWatches();
    await expect.poll(() => moody.session.store.state('namespaces').status, { timeout: 3_000 }).toBe('missing');
    expect(namesOf(moody)).not.toContain('a');
  });
});
