import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { IS_BUILT, spawnDashboard } from './spawn-dashboard';

/** What design.md calls "safe from the first day", asked of the server as it ships, over its socket. */
if (!IS_BUILT) console.warn('The built server is not there, so its tests are skipped: run "npm run build" first.');

type Dashboard = Awaited<ReturnType<typeof spawnDashboard>>;

let cluster: DemoCluster;
let dashboard: Dashboard;
beforeAll(async () => {
  if (!IS_BUILT) return;
  cluster = await startDemoCluster({ scenario: 'mission', readyDelayMs: 200 });
  dashboard = await spawnDashboard(cluster.kubeconfigPath, ['--allowed-host', 'mesh.example.com']);
});
afterAll(async () => {
  await dashboard?.stop();
  await cluster?.stop();
});

interface Asked {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const portOf = ({ found }: Dashboard) => Number(new URL(found).port);

/** A plain request: fetch would not let us write Host and Origin. */
function open(path: string, headers: Record<string, string>, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: portOf(dashboard),
      path,
      headers,
      method: body === undefined ? 'GET' : 'POST',
    };
    request(options, resolve).on('error', reject).end(body);
  });
}

async function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Asked> {
  const response = await open(path, headers, body);
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

const INJECTION = '/api/v1/namespaces/mission/injection';
const JSON_TYPE = { 'content-type': 'application/json' };
const own = () => ({ ...JSON_TYPE, origin: dashboard.found });
const labels = () => cluster.store.get('namespaces', { name: 'mission' })?.metadata.labels ?? {};
const enable = (more: object = {}) => {
  const resourceVersion = cluster.store.get('namespaces', { name: 'mission' })?.metadata.resourceVersion;
  return JSON.stringify({ action: 'enable', resourceVersion, ...more });
};
const codeOf = ({ text }: Asked) => JSON.parse(text).error.code;

describe.skipIf(!IS_BUILT)('the Host of a request', () => {
  it.each([
    '/',
    '/namespaces',
    '/api/v1/namespaces',
    '/api/v1/events',
    '/metrics',
    '/healthz',
    '/icon.svg',
    '/nowhere',
  ])('%s is not served under a foreign name (DNS rebinding)', async (path) => {
    const answer = await ask(path, { host: `evil.example:${portOf(dashboard)}` });
    expect(answer.status).toBe(421);
    expect(codeOf(answer)).toBe('host-not-allowed');
  });

  it.each(['localhost', '127.0.0.1', '[::1]', 'mesh.example.com'])('%s is served', async (name) => {
    expect((await ask('/api/v1/clusters', { host: `${name}:${portOf(dashboard)}` })).status).toBe(200);
  });
});

describe.skipIf(!IS_BUILT)('a write', () => {
  it.each<[name: string, headers: () => Record<string, string>, status: number, code: string]>([
    [
      'of another site',
      () => ({ ...JSON_TYPE, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
      403,
      'cross-site-write',
    ],
    [
      'of another port of this machine',
      () => ({ ...JSON_TYPE, origin: 'http://127.0.0.1:1' }),
      403,
      'cross-site-write',
    ],
    ['that says not where it comes from', () => JSON_TYPE, 403, 'cross-site-write'],
    ['as a form sends it', () => ({ ...own(), 'content-type': 'text/plain' }), 415, 'json-only'],
    ['without a content type', () => ({ origin: dashboard.found }), 415, 'json-only'],
    ['under a foreign name', () => ({ ...own(), host: 'evil.example' }), 421, 'host-not-allowed'],
  ])('%s is refused before it reaches the cluster', async (_name, headers, status, code) => {
    const answer = await ask(INJECTION, headers(), enable());
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toBe(code);
    expect(labels()).not.toHaveProperty('istio-injection');
  });

  it('of our own page is done, and logged as one line of JSON', async () => {
    const lines = () =>
      dashboard
        .output()
        .split('\n')
        .filter((line) => line.includes('"write":'));
    const answer = await ask(INJECTION, own(), enable({ revision: '1-10-2' }));
    expect(answer.status, answer.text).toBe(200);
    expect(labels()).toMatchObject({ 'istio.io/rev': '1-10-2' });
    await expect.poll(() => lines().length, { timeout: 2_000 }).toBe(1);
    expect(JSON.parse(lines()[0] ?? '').write).toEqual({
      who: 'demo-admin',
      cluster: 'demo',
      action: 'enable',
      object: 'Namespace mission',
      dryRun: false,
      before: {},
      after: { 'istio.io/rev': '1-10-2' },
      outcome: 'done',
    });
  });

  it('that fails is logged too, with the reason', async () => {
    const stale = JSON.stringify({ action: 'disable', resourceVersion: '1' });
    expect((await ask(INJECTION, own(), stale)).status).toBe(409);
    await expect
      .poll(() => dashboard.output(), { timeout: 2_000 })
      .toMatch(/"action":"disable".*"outcome":".*changed since/);
  });

  it('leaves nothing of its body in the log', async () => {
    const mark = 'mark-that-must-not-be-logged';
    const bodies = [
      enable({ note: mark }),
      `{"action":"${mark}"`,
      enable({ revision: `${mark} ` }),
      mark.repeat(3_000),
    ];
    for (const body of bodies) expect((await ask(INJECTION, own(), body)).status).toBeGreaterThanOrEqual(400);
    expect(dashboard.output()).not.toContain(mark);
  });
});

describe.skipIf(!IS_BUILT)('headers', () => {
  const PATHS = [
    '/',
    '/namespaces',
    '/namespaces/mission',
    '/nowhere',
    '/api/v1/namespaces',
    '/api/v1/nowhere',
    '/metrics',
  ];

  it.each(PATHS)('%s cannot be framed or sniffed, and tells no referrer', async (path) => {
    const { headers } = await ask(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('a page runs scripts by a nonce of its own, another one each time', async () => {
    const nonces = new Set<string>();
    for (const path of ['/namespaces', '/namespaces', '/']) {
      const { headers, text } = await ask(path);
      const policy = String(headers['content-security-policy']);
      const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('a nonce that the request brings is not taken over', async () => {
    const { headers, text } = await ask('/namespaces', {
      'x-nonce': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
    });
    expect(headers['content-security-policy']).not.toContain('mine');
    expect(text).not.toContain('nonce="mine"');
  });

  it('an API answer may run nothing', async () => {
    const { headers } = await ask('/api/v1/namespaces');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});

describe.skipIf(!IS_BUILT)('the socket', () => {
  const refusal = (host: string, port: number) =>
    new Promise<string>((resolve) => {
      const socket = connect({ host, port, timeout: 2_000 }, () => {
        socket.destroy();
        resolve('connected');
      });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.once('timeout', () => resolve('timeout'));
    });

  it('is bound to loopback and to no other address of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    expect(await refusal('127.0.0.1', portOf(dashboard))).toBe('connected');
    for (const address of ['127.0.0.2', ...others])
      expect(await refusal(address, portOf(dashboard)), address).toBe('ECONNREFUSED');
  });
});

describe.skipIf(!IS_BUILT)('the end', () => {
  it('comes within 5 s of SIGTERM, with a stream and a kept connection open', async () => {
    const second = await spawnDashboard(cluster.kubeconfigPath);
    const stream = await fetch(`${second.found}/api/v1/events`);
    const reader = stream.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('retry:');
    const closed = (async () => {
      while (!(await reader?.read())?.done);
      return 'closed';
    })().catch(() => 'cut');
    await (await fetch(`${second.found}/api/v1/clusters`)).text();
    const started = performance.now();
    second.signal('SIGTERM');
    expect(await closed).toBe('closed');
    await second.ended;
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe.skipIf(!IS_BUILT)('--read-only', () => {
  it('refuses the write of our own page', async () => {
    const second = await spawnDashboard(cluster.kubeconfigPath, ['--read-only']);
    const before = labels();
    const headers = { ...JSON_TYPE, 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(`${second.found}${INJECTION}`, { method: 'POST', headers, body: enable() });
    expect(answer.status).toBe(403);
    expect((await answer.json()).error.message).toMatch(/read-only/);
    expect(labels()).toEqual(before);
    await second.stop();
  });
});
