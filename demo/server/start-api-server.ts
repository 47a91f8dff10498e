import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { dump } from 'js-yaml';
import { type Authority, createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate, type ServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { type Admission, createAdmission } from './admission';
import { ApiError } from './api-error';
import { createAuthorizer } from './authorize';
import { ensureBootstrapRights } from './bootstrap-rights';
import { adminUser, type TokenUser } from './demo-users';
import { type Api, handleRequest, type RequestLine } from './handle-request';
import type { ReadPodLog } from './pod-log';
import type { Store } from './store';

export interface ApiServerOptions {
  readonly store: Store;
  /** Without one, webhooks reached through a Service are refused, as when no pod listens. */
  readonly admission?: Admission;
  /** 0 or none: any free port. */
  readonly port?: number;
  /** Only an admin when none are given. */
  readonly users?: readonly TokenUser[];
  /** Of the server's certificate; made anew when none is given. */
  readonly authority?: Authority;
  readonly log?: (line: RequestLine) => void;
  readonly readPodLog?: ReadPodLog;
  readonly bookmarkIntervalMs?: number;
}

/** A fault that every request meets until it is lifted. */
export interface Fault {
  readonly latencyMs?: number;
  /** Answer with this status instead of serving, e.g. 503 or 429. */
  readonly status?: number;
}

export interface ApiServer {
  readonly url: string;
  readonly port: number;
  /** The authority's certificate, in PEM. */
  readonly ca: string;
  readonly users: readonly TokenUser[];
  readonly store: Store;
  readonly admission: Admission;
  /** A kubeconfig of this server for one of its users, as YAML. */
  kubeconfig(userName: string): string;
  /** From now on the user's token gets 401. */
  revokeToken(userName: string): void;
  /** An outage: stops listening and drops every connection. The state stays. */
  pause(): Promise<void>;
  /** Listens again on the same port. */
  resume(): Promise<void>;
  setFault(fault: Fault | undefined): void;
  /** Forgets the history of changes: older resourceVersions get 410. */
  compact(): void;
  /** Ends all requests, watches included, and stops. */
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const DEFAULT_BOOKMARK_INTERVAL_MS = 30_000;

/** Starts the API server on loopback, over HTTPS, with a certificate of its own. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const authority = options.authority ?? (await createAuthority());
  const certificate = await issueServerCertificate(authority, {
    dnsNames: ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
  });
  const { store, users = [adminUser()] } = options;
  ensureBootstrapRights(store);
  const admission = options.admission ?? createAdmission({ store });
  const revoked = new Set<string>();
  let fault: Fault | undefined;
  const api: Api = {
    store,
    admission,
    authorizer: createAuthorizer(store),
    readPodLog: options.readPodLog ?? (() => ({ lines: [] })),
    bookmarkIntervalMs: options.bookmarkIntervalMs ?? DEFAULT_BOOKMARK_INTERVAL_MS,
    userOfToken: (token) => users.find((user) => user.token === token && !revoked.has(user.name)),
    log: options.log ?? (() => undefined),
  };
  const listener = createListener(certificate, async (request, response) => {
    const present = fault;
    if (present?.latencyMs !== undefined) await new Promise((resolve) => setTimeout(resolve, present.latencyMs));
    if (present?.status === undefined) await handleRequest(api, request, response);
    else sendFault(response, present.status);
  });
  const port = await listener.listen(options.port ?? 0);
  const url = `https://${HOST}:${port}`;
  const requireUser = (name: string) => {
    const user = users.find((one) => one.name === name);
    if (user === undefined) throw new Error(`The demo cluster has no user ${name}.`);
    return user;
  };
  return {
    url,
    port,
    ca: authority.certificatePem,
    users,
    store,
    admission,
    kubeconfig: (name) => writeKubeconfig(url, authority.certificatePem, requireUser(name)),
    revokeToken: (name) => void revoked.add(requireUser(name).name),
    pause: listener.close,
    resume: async () => void (await listener.listen(port)),
    setFault: (next) => {
      fault = next;
    },
    compact: () => store.compact(),
    stop: listener.close,
  };
}

function sendFault(response: ServerResponse, status: number): void {
  const reason = status === 429 ? 'TooManyRequests' : status === 503 ? 'ServiceUnavailable' : 'InternalError';
  const failure = new ApiError(reason, 'the demo cluster was told to fail', { retryAfterSeconds: 1 }, status);
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
  response.end(JSON.stringify(failure.toStatus()));
}

interface Listener {
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

/** A server that can be closed with all of its sockets, and opened again. */
function createListener(
  certificate: ServerCertificate,
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Listener {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    listen(port) {
      const next = createServer(
        { ...certificate, keepAliveTimeout: 60_000, requestTimeout: 0 },
        (request, response) => {
          serve(request, response).catch((error: unknown) => {
            console.error(error);
            response.destroy();
          });
        },
      );
      next.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      // A client that breaks off its handshake is no news.
      next.on('tlsClientError', () => undefined);
      server = next;
      return new Promise((resolve, reject) => {
        next.once('error', reject);
        next.listen(port, HOST, () => {
          next.off('error', reject);
          resolve(portOf(next.address()));
        });
      });
    },
    close() {
      const closing = server;
      server = undefined;
      if (closing === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        closing.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function writeKubeconfig(server: string, ca: string, user: TokenUser): string {
  const base64 = Buffer.from(ca).toString('base64');
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'sidelight-demo', cluster: { server, 'certificate-authority-data': base64 } }],
    users: [{ name: user.name, user: { token: user.token } }],
    contexts: [{ name: 'sidelight-demo', context: { cluster: 'sidelight-demo', user: user.name } }],
    'current-context': 'sidelight-demo',
  });
}
