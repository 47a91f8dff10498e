import { afterEach, describe, expect, it } from 'vitest';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { ClusterConnection } from './cluster-connection';
import { closeAllStreams, openEventStream } from './event-stream';
import { ClusterSession } from './session';

const DECODER = new TextDecoder();
const sessions: ClusterSession[] = [];

// Never started: the tests change its store themselves.
function idleSession(): ClusterSession {
  const cluster = { name: 'c', server: 'https://127.0.0.1:1', skipTLSVerify: false };
  const user = { name: 'u', impersonateHeaders: {} };
  const connection = new ClusterConnection({ context: { name: 'test', cluster: 'c', user: 'u' }, cluster, user });
  const session = new ClusterSession(connection, { timings: { batchMs: 1 } });
  sessions.push(session);
  return session;
}

const namespace = (name: string, resourceVersion = '1'): NamespaceRecord => ({
  kind: 'Namespace',
  name,
  namespace: '',
  uid: name,
  resourceVersion,
  createdAt: '',
  labels: { secret: 'never-in-the-stream' },
  annotations: {},
  phase: 'Active',
});

/** Reads until `isEnough`, or to the end. */
async function readText(stream: ReadableStream<Uint8Array>, isEnough: (text: string) => boolean): Promise<string> {
  const reader = stream.getReader();
  let text = '';
  while (!isEnough(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += DECODER.decode(value, { stream: true });
  }
  reader.releaseLock();
  return text;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(async () => {
  closeAllStreams();
  await Promise.all(sessions.splice(0).map((session) => session.close()));
});

describe('openEventStream', () => {
  it('begins with the state of the connection', async () => {
    const session = idleSession();
    const text = await readText(openEventStream(session, new AbortController().signal), (all) => all.includes('state'));
    expect(text).toContain('retry: 2000');
    expect(await readState(text)).toMatchObject({ cluster: 'test', status: 'syncing', missing: [] });
  });

  it('names what changed and never holds the object', async () => {
    const session = idleSession();
    const stream = openEventStream(session, new AbortController().signal);
    session.store.upsert('namespaces', namespace('web'));
    const text = await readText(stream, (all) => all.includes('event: change') && all.endsWith('\n\n'));
    expect(text).toContain('"objects":[{"kind":"namespaces","namespace":"","name":"web","type":"added"}]');
    expect(text).not.toContain('never-in-the-stream');
  });

  it('says when a kind goes stale and which kinds are missing', async () => {
    const session = idleSession();
    const stream = openEventStream(session, new AbortController().signal);
    const staleSince = '2026-01-01T00:00:00.000Z';
    for (const id of session.store.states().keys()) session.store.setState(id, { status: 'live' });
    session.store.setState('pods', { status: 'stale', staleSince });
    session.store.setState('services', { status: 'missing', reason: 'forbidden' });
    const text = await readText(stream, (all) => all.includes('"stale"') && all.endsWith('\n\n'));
    expect(readState(text)).toMatchObject({
      status: 'stale',
      staleSince,
      missing: [{ kind: 'services', reason: 'forbidden' }],
    });
  });

  it('holds a bounded amount for a reader that stopped, and tells it to read again', async () => {
    const session = idleSession();
    const stream = openEventStream(session, new AbortController().signal);
    const reader = stream.getReader();
    await reader.read();
    for (let round = 0; round < 40; round += 1) {
      for (let n = 0; n < 400; n += 1) session.store.upsert('namespaces', namespace(`namespace-${n}`, `${round}`));
      await pause(3);
    }
    let bytes = 0;
    let text = '';
    while (!text.includes('event: resync')) {
      const { value } = await reader.read();
      bytes += value?.length ?? 0;
      text += DECODER.decode(value, { stream: true });
    }
    expect(bytes).toBeLessThan(300_000);
    session.store.upsert('namespaces', namespace('after', '1'));
    reader.releaseLock();
    expect(await readText(stream, (all) => all.includes('"name":"after"'))).toContain('"name":"after"');
  });

  it('sends heartbeats', async () => {
    const stream = openEventStream(idleSession(), new AbortController().signal, 5);
    expect(await readText(stream, (all) => all.includes(': alive'))).toContain(': alive\n\n');
  });

  it.each<[name: string, end: (session: ClusterSession, controller: AbortController) => unknown]>([
    ['the browser leaves', (_session, controller) => controller.abort()],
    ['the session is closed', (session) => session.close()],
    ['the server shuts down', () => closeAllStreams()],
  ])('ends when %s and lets the session go', async (_name, end) => {
    const session = idleSession();
    const controller = new AbortController();
    const stream = openEventStream(session, controller.signal);
    expect(session.isHeld).toBe(true);
    await end(session, controller);
    await readText(stream, () => false);
    expect(session.isHeld).toBe(false);
  });

  it('lets the session go when the reader cancels', async () => {
    const session = idleSession();
    await openEventStream(session, new AbortController().signal).cancel();
    expect(session.isHeld).toBe(false);
  });
});

function readState(text: string): unknown {
  const states = [...text.matchAll(/event: state\ndata: (.*)\n/g)];
  return JSON.parse(states[states.length - 1]?.[1] ?? 'null');
}
