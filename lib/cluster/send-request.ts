import 'server-only';
import http from 'node:http';
import https from 'node:https';
import type { ClusterConnection } from './cluster-connection';
import { ClusterError } from './cluster-error';
import type { ClusterRequest, JsonRequest } from './transport';

const JSON_TYPE = 'application/json';
const TCP_KEEP_ALIVE_MS = 15_000;
const SECRETS_PATH = /^\/api\/v1\/(?:watch\/)?(?:namespaces\/[^/]+\/)?secrets(?:\/|$)/;

/** Sends one request with the connection's credentials; resolves with the answer's head. Refuses paths of Secrets. */
export async function sendRequest(
  connection: ClusterConnection,
  request: JsonRequest,
  signal: AbortSignal,
  extraHeaders: http.OutgoingHttpHeaders,
): Promise<http.IncomingMessage> {
  if (SECRETS_PATH.test(request.path)) {
    throw new ClusterError('unsupported', 'Secrets are never read by Sidelight; use kubectl if you need one.');
  }
  const { agent, headers } = await connection.credentials();
  signal.throwIfAborted();
  const payload = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  const { server } = connection;
  const options: https.RequestOptions = {
    protocol: server.protocol,
    // URL keeps the brackets of an IPv6 address, sockets do not want them.
    hostname: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port === '' ? (server.protocol === 'http:' ? 80 : 443) : server.port,
    path: toPath(server, request),
    method: request.method ?? 'GET',
    agent,
    signal,
    headers: {
      accept: request.accept ?? JSON_TYPE,
      'user-agent': 'sidelight',
      ...extraHeaders,
      ...(payload && { 'content-type': request.contentType ?? JSON_TYPE, 'content-length': payload.length }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toHeader(value)])),
    },
  };
  return await exchange(options, payload);
}

function exchange(options: https.RequestOptions, payload: Buffer | undefined): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = (options.protocol === 'http:' ? http : https).request(options);
    outgoing.on('socket', (socket) => socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS));
    outgoing.on('response', (response) => {
      // Whoever reads the answer gets the error too; one that comes before reading starts must not end the process.
      response.on('error', () => {});
      resolve(response);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server let an idle connection go just as it was reused: the request never reached it.
      const wasNeverHeard = outgoing.reusedSocket && error.code === 'ECONNRESET' && options.method !== 'PATCH';
      if (wasNeverHeard && !options.signal?.aborted) exchange(options, payload).then(resolve, reject);
      else reject(error);
    });
    outgoing.end(payload);
  });
}

function toHeader(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}

function toPath(server: URL, request: ClusterRequest): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {}))
    if (value !== undefined) query.set(key, String(value));
  const search = query.size === 0 ? '' : `?${query}`;
  return `${server.pathname.replace(/\/$/, '')}${request.path}${search}`;
}
