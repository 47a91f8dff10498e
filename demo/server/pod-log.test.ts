import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from './pod-log';
import { startTestServer, type TestServer } from './start-test-server';

let server: TestServer;
const listeners = new Set<(line: LogLine) => void>();
const line = (minute: number, text: string): LogLine => ({ time: `2026-01-01T00:0${minute}:00.000000001Z`, text });

const running = (name: string) => ({ name, state: { running: {} } });

beforeAll(async () => {
  server = await startTestServer({
    readPodLog: (_pod, container, isPrevious) => ({
      lines: isPrevious ? [line(0, `${container} before`)] : [line(1, 'one'), line(2, 'two'), line(3, 'three')],
      follow: (onLine) => {
        listeners.add(onLine);
        return () => listeners.delete(onLine);
      },
    }),
  });
  const make = (name: string, containers: string[], status: object) =>
    server.admission.createWithAdmission(
      'pods',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'mission' },
        spec: { nodeName: 'demo-worker', containers: containers.map((one) => ({ name: one, image: 'x' })) },
        status: { ...status },
      },
      { keepStatus: true },
    );
  await make('single', ['app'], { containerStatuses: [running('app')] });
  await make('double', ['app', 'proxy'], { containerStatuses: [running('app'), running('proxy')] });
  await make('waiting', ['app'], {
    containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } }],
  });
});
afterAll(() => server.stop());

const path = (pod: string, query = '') => `/api/v1/namespaces/mission/pods/${pod}/log${query}`;

describe('a log', () => {
  it.each<[query: string, text: string]>([
    ['', 'one\ntwo\nthree\n'],
    ['?tailLines=1', 'three\n'],
    ['?tailLines=0', ''],
    ['?limitBytes=5', 'one\nt'],
    ['?timestamps=true&tailLines=1', '2026-01-01T00:03:00.000000001Z three\n'],
    ['?sinceTime=2026-01-01T00:02:00Z', 'two\nthree\n'],
    ['?sinceSeconds=1', ''],
    ['?previous=true', 'app before\n'],
    ['?container=app', 'one\ntwo\nthree\n'],
  ])('%s', async (query, text) => {
    const answer = await server.call('GET', path('single', query));
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, 'text/plain', text]);
  });

  it.each<[pod: string, query: string, status: number, message: string]>([
    ['double', '', 400, 'a container name must be specified for pod double, choose one of: [app proxy]'],
    ['double', '?container=nope', 400, 'container nope is not valid for pod double'],
    ['waiting', '', 400, 'container "app" in pod "waiting" is waiting to start: ImagePullBackOff'],
    ['none', '', 404, 'pods "none" not found'],
  ])('refuses %s%s', async (pod, query, status, message) => {
    const answer = await server.call('GET', path(pod, query));
    expect([answer.status, answer.json.message]).toEqual([status, message]);
  });

  it('is followed until the pod is gone', async () => {
    const token = server.api.users[0]?.token ?? '';
    const parts: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      const url = new URL(path('double', '?container=app&follow=true&tailLines=1'), server.api.url);
      const outgoing = request(
        url,
        { ca: server.api.ca, headers: { authorization: `Bearer ${token}` } },
        (response) => {
          response.on('data', (part: Buffer) => parts.push(part.toString()));
          response.on('end', resolve);
        },
      );
      outgoing.on('error', reject);
      outgoing.end();
    });
    await expect.poll(() => listeners.size).toBe(1);
    for (const listener of listeners) listener(line(4, 'four'));
    await expect.poll(() => parts.join('')).toBe('three\nfour\n');
    server.store.delete('pods', { namespace: 'mission', name: 'double' }, { gracePeriodSeconds: 0 });
    await ended;
    await expect.poll(() => listeners.size).toBe(0);
  });
});
