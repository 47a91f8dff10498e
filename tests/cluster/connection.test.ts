import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { createTransport, type Transport } from '@/lib/cluster/transport';
import { startTestCluster, type TestCluster } from './start-test-cluster';

const folder = mkdtempSync(join(tmpdir(), 'connection-'));
const opened: (Transport | Server)[] = [];
let cluster: TestCluster;
let token: string;

beforeAll(async () => {
  cluster = await startTestCluster();
  token = cluster.server.users.find(({ name }) => name === 'admin')?.token ?? '';
  writeFileSync(join(folder, 'ca.crt'), cluster.server.ca);
  writeFileSync(join(folder, 'token'), `${token}\n`);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const CA = 'certificate-authority: ca.crt';

/** A transport by a kubeconfig with these lines in its cluster and user. */
function transportBy(clusterLines: string, user = `token: ${token}`, server = cluster.server.url): Transport {
  const text = `
clusters: [{ name: c, cluster: { server: "${server}", ${clusterLines} } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
${user === '' ? '' : `users: [{ name: u, user: { ${user} } }]`}`;
  writeFileSync(join(folder, 'config'), text);
  const transport = createTransport(readKubeconfig({ kubeconfigPath: join(folder, 'config') }).connect());
  opened.push(transport);
  return transport;
}
const listNamespaces = (transport: Transport) => transport.requestJson({ path: '/api/v1/namespaces' });
const isList = expect.objectContaining({ kind: 'NamespaceList' });

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

/** An HTTP proxy that counts the tunnels it was asked for. */
async function startProxy(): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    for (const end of [target, socket]) end.on('error', () => end.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(proxy)}`, tunnels };
}

describe('TLS', () => {
  it('trusts the CA of the kubeconfig, and nobody else', async () => {
    expect(await listNamespaces(transportBy(CA))).toEqual(isList);
    const other = (await createAuthority()).certificatePem;
    writeFileSync(join(folder, 'other.crt'), other);
    for (const lines of ['certificate-authority: other.crt', 'tls-server-name: kubernetes']) {
      await expect(listNamespaces(transportBy(lines))).rejects.toMatchObject({
        code: 'untrusted',
        message: expect.stringMatching(/127\.0\.0\.1.*not trusted.*cluster "c" in the kubeconfig/),
      });
    }
  });

  it('checks the name that the kubeconfig gives', async () => {
    expect(await listNamespaces(transportBy(`${CA}, tls-server-name: kubernetes`))).toEqual(isList);
    const wrong = transportBy(`${CA}, tls-server-name: other.example`);
    await expect(listNamespaces(wrong)).rejects.toMatchObject({ code: 'untrusted', message: /other\.example/ });
  });

  it('is not verified only where the kubeconfig says so', async () => {
    expect(await listNamespaces(transportBy('insecure-skip-tls-verify: true'))).toEqual(isList);
  });

  it('uses the CA also for a context without a user', async () => {
    await expect(listNamespaces(transportBy(CA, ''))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('shows a client certificate', async () => {
    const authority = await createAuthority();
    const certificate = await issueServerCertificate(authority, { dnsNames: ['client.example'] });
    const server = createHttpsServer(
      { ...certificate, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const peer = (request.socket as TLSSocket).getPeerCertificate();
        response.end(JSON.stringify({ names: peer.subjectaltname ?? '' }));
      },
    );
    const port = await listen(server);
    const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
    const user = `client-certificate-data: ${base64(certificate.cert)}, client-key-data: ${base64(certificate.key)}`;
    const lines = `certificate-authority-data: ${base64(authority.certificatePem)}`;
    const transport = transportBy(lines, user, `https://127.0.0.1:${port}`);
    expect(await transport.requestJson({ path: '/' })).toEqual({ names: expect.stringContaining('client.example') });
  });
});

describe('a proxy', () => {
  it('carries every request, over few tunnels', async () => {
    const proxy = await startProxy();
    const transport = transportBy(`${CA}, proxy-url: "${proxy.url}"`);
    for (let n = 0; n < 20; n += 1) expect(await listNamespaces(transport)).toEqual(isList);
    expect(proxy.tunnels.length).toBeGreaterThan(0);
    expect(proxy.tunnels.length).toBeLessThan(4);
    expect(proxy.tunnels[0]).toBe(`127.0.0.1:${cluster.server.port}`);
  });
});

describe('connections', () => {
  it('are kept and used again', async () => {
    const sockets = new Set<unknown>();
    const server = createHttpServer((request, response) => {
      sockets.add(request.socket);
      response.end('{}');
    });
    const transport = transportBy(CA, 'token: t', `http://127.0.0.1:${await listen(server)}`);
    for (let n = 0; n < 50; n += 1) await transport.requestJson({ path: '/' });
    expect(sockets.size).toBe(1);
  });

  it('that are refused name the address and the next step', async () => {
    const transport = transportBy(CA, 'token: t', 'https://127.0.0.1:1');
    await expect(listNamespaces(transport)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/127\.0\.0\.1:1 .*ECONNREFUSED.*Check that the API server runs/),
    });
  });

  it('keep the path of the server address', async () => {
    const server = createHttpServer((request, response) => response.end(JSON.stringify({ url: request.url })));
    const transport = transportBy(CA, 'token: t', `http://127.0.0.1:${await listen(server)}/k8s/clusters/c-1`);
    expect(await transport.requestJson({ path: '/api', query: { limit: 1, skipped: undefined } })).toEqual({
      url: '/k8s/clusters/c-1/api?limit=1',
    });
  });
});

describe('a pod', () => {
  it('uses its service account when there is no kubeconfig', async () => {
    const account = join(folder, 'var/run/secrets/kubernetes.io/serviceaccount');
    mkdirSync(account, { recursive: true });
    writeFileSync(join(account, 'ca.crt'), cluster.server.ca);
    writeFileSync(join(account, 'token'), token);
    writeFileSync(join(account, 'namespace'), 'mine');
    vi.stubEnv('HOME', join(folder, 'nobody'));
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '127.0.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', String(cluster.server.port));
    const connection = readKubeconfig({}, account).connect();
    expect(connection.namespace).toBe('mine');
    const transport = createTransport(connection);
    opened.push(transport);
    expect(await listNamespaces(transport)).toEqual(isList);
  });

  it('says how to name a cluster when there is neither', () => {
    vi.stubEnv('HOME', join(folder, 'nobody'));
    expect(() => readKubeconfig({}, join(folder, 'none'))).toThrowError(/No cluster.*--kubeconfig/);
  });
});
