import 'server-only';
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { ClusterConnection } from './cluster-connection';
import { ClusterError } from './cluster-error';
import { readBody } from './read-body';
import { toStatusError } from './status-error';

export type QueryValue = string | number | boolean | undefined;

export interface ClusterRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** From the server's root, each name in it already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Until the answer is complete; for a stream until its headers have come. */
  readonly timeoutMs?: number;
}

interface JsonRequest extends ClusterRequest {
  readonly body?: unknown;
  readonly contentType?: string;
}

/** How this layer reaches an API server. Never retries. */
export interface Transport {
  /** The answer's JSON. Any status but 2xx is a ClusterError. */
  requestJson(request: JsonRequest): Promise<unknown>;
  /** The answer's bytes as they come, for watches and logs: no idle timeout, dead peers are found by TCP keep-alive. */
  stream(request: ClusterRequest): Promise<AsyncIterable<Uint8Array>>;
  close(): void;
}

const JSON_TYPE = 'application/json';
const DEFAULT_TIMEOUT_MS = 30_000;
const PACKED = { 'accept-encoding': 'gzip' };
const TCP_KEEP_ALIVE_MS = 15_000;
const SECRETS_PATH = /^\/api\/v1\/(?:watch\/)?(?:namespaces\/[^/]+\/)?secrets(?:\/|$)/;

/** A JSON transport over node:https that keeps its connections open. */
export function createTransport(connection: ClusterConnection): Transport {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  return {
    requestJson: async (request) => {
      const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const limit = new Deadline(timeoutMs, [closing.signal, request.signal]);
      try {
        const response = await send(connection, request, limit.signal, PACKED);
        const text = await readBody(response);
        if (!isOk(response)) throw refuse(connection, request, response, text);
        return JSON.parse(text);
      } catch (cause) {
        throw explain(connection, request, cause, limit);
      } finally {
        limit.done();
      }
    },
    stream: async (request) => {
      const limit = new Deadline(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, [closing.signal, request.signal]);
      try {
        const response = await send(connection, request, limit.signal, {});
        if (!isOk(response)) throw refuse(connection, request, response, await readBody(response));
        limit.stopClock();
        return readStream(connection, request, response, limit);
      } catch (cause) {
        limit.done();
        throw explain(connection, request, cause, limit);
      }
    },
    close: () => {
      closing.abort();
      connection.close();
    },
  };
}

/** One signal out of several and a clock, which leaves no listener behind on the signals that outlive the request. */
class Deadline {
  readonly signal: AbortSignal;
  hasExpired = false;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #parents: readonly AbortSignal[];
  readonly #onAbort = () => this.#controller.abort();

  constructor(timeoutMs: number, parents: readonly (AbortSignal | undefined)[]) {
    this.signal = this.#controller.signal;
    this.#parents = parents.filter((parent) => parent !== undefined);
    for (const parent of this.#parents) {
      if (parent.aborted) this.#controller.abort();
      parent.addEventListener('abort', this.#onAbort, { once: true });
    }
    this.#timer = setTimeout(() => {
      this.hasExpired = true;
      this.#controller.abort();
    }, timeoutMs);
  }

  stopClock(): void {
    clearTimeout(this.#timer);
  }

  done(): void {
    this.stopClock();
    for (const parent of this.#parents) parent.removeEventListener('abort', this.#onAbort);
  }
}

async function send(
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

function isOk(response: http.IncomingMessage): boolean {
  return response.statusCode !== undefined && response.statusCode >= 200 && response.statusCode < 300;
}

function refuse(connection: ClusterConnection, request: ClusterRequest, response: http.IncomingMessage, text: string) {
  // The next request signs in afresh; this one is not repeated.
  if (response.statusCode === 401) connection.forgetCredentials();
  return toStatusError(response, text, { request, userName: connection.userName, server: connection.server });
}

async function* readStream(
  connection: ClusterConnection,
  request: ClusterRequest,
  response: http.IncomingMessage,
  limit: Deadline,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk;
  } catch (cause) {
    throw explain(connection, request, cause, limit);
  } finally {
    response.destroy();
    limit.done();
  }
}

function explain(
  connection: ClusterConnection,
  request: ClusterRequest,
  cause: unknown,
  limit: Deadline,
): ClusterError {
  if (cause instanceof ClusterError) return cause;
  const what = `${request.method ?? 'GET'} ${request.path}`;
  const where = connection.server.host;
  if (limit.hasExpired) {
    return new ClusterError('timeout', `${where} did not answer ${what} in time; try again.`, { cause });
  }
  if (limit.signal.aborted)
    return new ClusterError('timeout', `${what} was given up before ${where} answered.`, { cause });
  if (cause instanceof SyntaxError) {
    return new ClusterError('internal', `${where} answered ${what} with something that is not JSON.`, { cause });
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  const message = `Cannot reach ${where} for ${what}: ${text}. Check that the API server runs and that the network allows it.`;
  return new ClusterError('unreachable', message, { cause });
}
