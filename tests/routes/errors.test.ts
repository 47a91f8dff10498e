import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const INJECTION = '/namespaces/mission/injection';
const RESTART = '/namespaces/mission/workloads/Deployment/nginx-deployment/restart';
const version = (name: string) => api.cluster.store.get('namespaces', { name })?.metadata.resourceVersion ?? '';

describe('reads that are refused', () => {
  it.each<[name: string, path: string, status: number, code: string, says: RegExp]>([
    ['a limit of 0', '/namespaces?limit=0', 400, 'bad-request', /"limit"/],
    ['a limit over 500', '/namespaces?limit=501', 400, 'bad-request', /"limit"/],
    ['a limit that is no number', '/namespaces?limit=ten', 400, 'bad-request', /"limit"/],
    ['a limit with a fraction', '/namespaces?limit=1.5', 400, 'bad-request', /"limit"/],
    ['a sort that is not offered', '/namespaces?sort=colour', 400, 'bad-request', /"sort".*name, mode, pods/],
    ['a token that we never gave', '/namespaces?continue=eyJ2IjoxfQ', 400, 'bad-request', /"continue"/],
    ['a negative token', '/namespaces?continue=-5', 400, 'bad-request', /"continue"/],
    ['a mode that does not exist', '/namespaces?mode=both', 400, 'bad-request', /"mode"/],
    ['a search without end', `/namespaces?search=${'a'.repeat(201)}`, 400, 'bad-request', /"search"/],
    ['a state that does not exist', '/namespaces/mission/workloads?state=fine', 400, 'bad-request', /"state"/],
    ['an action that does not exist', `${INJECTION}?action=toggle`, 400, 'bad-request', /"action"/],
    ['a plan without an action', INJECTION, 400, 'bad-request', /"action"/],
    [
      'a revision that is no label value',
      `${INJECTION}?action=enable&revision=a%20b`,
      400,
      'bad-request',
      /"revision"/,
    ],
    ['a name with upper case', '/namespaces/Mission', 400, 'bad-request', /"Mission" is not a namespace name/],
    ['a name of 64 letters', `/namespaces/${'a'.repeat(64)}`, 400, 'bad-request', /is not a namespace name/],
    ['a path in a name', '/namespaces/..%2Fsecrets', 400, 'bad-request', /is not a namespace name/],
    ['a query in a name', '/namespaces/mission%3Fwatch', 400, 'bad-request', /is not a namespace name/],
    ['a pod name with a slash', '/namespaces/mission/pods/a%2Flog', 400, 'bad-request', /is not an object name/],
    ['a pod name that starts with a dot', '/namespaces/mission/pods/.a', 400, 'bad-request', /is not an object name/],
    ['a kind in lower case', '/namespaces/mission/workloads/deployments/x', 400, 'bad-request', /is not a kind/],
    ['logs without a container', '/namespaces/mission/pods/x/logs', 400, 'bad-request', /"container"/],
    ['too many lines', '/namespaces/mission/pods/x/logs?container=c&tail=5001', 400, 'bad-request', /"tail"/],
    ['a namespace that is not there', '/namespaces/nowhere', 404, 'not-found', /"nowhere" is not in cluster "demo"/],
    ['its workloads', '/namespaces/nowhere/workloads', 404, 'not-found', /"nowhere"/],
    ['its plan', '/namespaces/nowhere/injection?action=enable', 404, 'not-found', /"nowhere"/],
    ['a pod that is not there', '/namespaces/mission/pods/gone', 404, 'not-found', /Pod "gone" is not in namespace/],
    ['a pod of no namespace', '/namespaces/nowhere/pods/gone', 404, 'not-found', /"nowhere"/],
    ['capture of no pod', '/namespaces/mission/pods/gone/capture', 404, 'not-found', /"gone"/],
    ['ports of no pod', '/namespaces/mission/pods/gone/ports', 404, 'not-found', /"gone"/],
    ['processes of no pod', '/namespaces/mission/pods/gone/processes', 404, 'not-found', /"gone"/],
    ['events of no pod', '/namespaces/mission/pods/gone/events', 404, 'not-found', /"gone"/],
    ['logs of no pod', '/namespaces/mission/pods/gone/logs?container=c', 404, 'not-found', /"gone"/],
    ['no such workload', '/namespaces/mission/workloads/Deployment/gone', 404, 'not-found', /Deployment "gone"/],
    ['a kind that has none', '/namespaces/mission/workloads/Secret/nginx', 404, 'not-found', /Secret "nginx" is not/],
    ['a cluster that is not in the kubeconfig', '/overview?cluster=prod', 404, 'not-found', /prod.*demo-viewer/],
    ['an event stream of no cluster', '/events?cluster=prod', 404, 'not-found', /prod/],
  ])('%s', async (_name, path, status, code, says) => {
    const answer = await api.get(`/api/v1${path}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(errorOf(answer).code).toBe(code);
    expect(errorOf(answer).message).toMatch(says);
  });

  it('takes the cluster from the query, then the header, then the cookie', async () => {
    const cluster = async (path: string, headers: Record<string, string>) => {
      const { body } = await api.get(path, headers);
      return typeof body === 'object' && body !== null && 'current' in body ? body.current : body;
    };
    const header = { 'x-sidelight-cluster': 'demo-viewer' };
    const cookie = { cookie: 'theme=dark; sidelight-cluster=demo-team' };
    expect(await cluster('/api/v1/clusters', {})).toBe('demo');
    expect(await cluster('/api/v1/clusters', cookie)).toBe('demo-team');
    expect(await cluster('/api/v1/clusters', { ...header, ...cookie })).toBe('demo-viewer');
    expect(await cluster('/api/v1/clusters?cluster=demo', { ...header, ...cookie })).toBe('demo');
  });
});

describe('writes that are refused', () => {
  const enable = () => ({ action: 'enable', resourceVersion: version('mission') });

  it.each<[name: string, path: string, body: () => unknown, status: number, code: string, says: RegExp]>([
    ['a body that is not JSON', INJECTION, () => '{', 400, 'bad-request', /not JSON/],
    ['an empty body', INJECTION, () => '', 400, 'bad-request', /not JSON/],
    ['a list', INJECTION, () => [], 400, 'bad-request', /Field ""/],
    ['null', INJECTION, () => 'null', 400, 'bad-request', /Field ""/],
    ['an unknown field', INJECTION, () => ({ ...enable(), labels: { a: 'b' } }), 400, 'bad-request', /labels/],
    ['a patch in the body', INJECTION, () => ({ ...enable(), metadata: {} }), 400, 'bad-request', /metadata/],
    ['no action', INJECTION, () => ({ resourceVersion: '1' }), 400, 'bad-request', /"action"/],
    ['an unknown action', INJECTION, () => ({ ...enable(), action: 'toggle' }), 400, 'bad-request', /"action"/],
    ['no version', INJECTION, () => ({ action: 'enable' }), 400, 'bad-request', /"resourceVersion"/],
    [
      'an empty version',
      INJECTION,
      () => ({ ...enable(), resourceVersion: '' }),
      400,
      'bad-request',
      /resourceVersion/,
    ],
    [
      'a version that is a number',
      INJECTION,
      () => ({ ...enable(), resourceVersion: 7 }),
      400,
      'bad-request',
      /Version/,
    ],
    ['dryRun that is text', INJECTION, () => ({ ...enable(), dryRun: 'yes' }), 400, 'bad-request', /"dryRun"/],
    [
      'a revision with a newline',
      INJECTION,
      () => ({ ...enable(), revision: 'a\nb' }),
      400,
      'bad-request',
      /"revision"/,
    ],
    ['a body over 64 KiB', INJECTION, () => ({ ...enable(), pad: 'x'.repeat(65_536) }), 413, 'too-large', /64 KiB/],
    ['a namespace that is not there', '/namespaces/nowhere/injection', enable, 404, 'not-found', /"nowhere"/],
    ['a bad namespace name', '/namespaces/NO/injection', enable, 400, 'bad-request', /"NO"/],
    ['an unknown field of a restart', RESTART, () => ({ force: true }), 400, 'bad-request', /force/],
    ['a restart of nothing', RESTART.replace('nginx-deployment', 'gone'), () => ({}), 404, 'not-found', /"gone"/],
    [
      'a restart of a Job',
      '/namespaces/data-platform/workloads/Job/backfill/restart',
      () => ({}),
      400,
      'unsupported',
      /Job "backfill" cannot be restarted/,
    ],
    [
      'a restart of a kind from a path',
      '/namespaces/mission/workloads/Secret/x/restart',
      () => ({}),
      400,
      'unsupported',
      /Secret "x" cannot be restarted/,
    ],
    [
      'a restart of a workload that changed since',
      RESTART,
      () => ({ resourceVersion: '1' }),
      409,
      'conflict',
      /"nginx-deployment" changed since/,
    ],
  ])('%s', async (_name, path, body, status, code, says) => {
    const before = JSON.stringify(api.cluster.store.get('namespaces', { name: 'mission' }));
    const answer = await api.post(`/api/v1${path}`, body());
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(errorOf(answer).message).toMatch(says);
    expect(JSON.stringify(api.cluster.store.get('namespaces', { name: 'mission' }))).toBe(before);
  });

  it('stops reading a body at 64 KiB, whatever length it announces', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(16_384));
      },
    });
    const { POST } = await import('@/app/api/v1/namespaces/[namespace]/injection/route');
    const init = { method: 'POST', body: endless, duplex: 'half', headers: { 'content-length': '10' } };
    const request = new Request(`http://127.0.0.1:4710/api/v1${INJECTION}`, init);
    const response = await POST(request, { params: Promise.resolve({ namespace: 'mission' }) });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(10);
  });
});
