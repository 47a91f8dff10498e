import 'server-only';
import { setMaxListeners } from 'node:events';
import type http from 'node:http';
import type { ClusterConnection } from './cluster-connection';
import { ClusterError, isClusterError } from './cluster-error';
import { Deadline } from './deadline';
import { readBody } from './read-body';
import { readList } from './read-list';
import { sendRequest } from './send-request';
import { toStatusError } from './status-error';
import { isDistrust } from './tls-error';

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

export interface JsonRequest extends ClusterRequest {
  readonly body?: unknown;
  readonly contentType?: string;
}

/** How this layer reaches an API server. Never retries. */
export interface Transport {
  /** The answer's JSON. Any status but 2xx is a ClusterError. */
  requestJson(request: JsonRequest): Promise<unknown>;
  /** A list: each item as soon as it is there, then the list without them. What was taken before a failure is not whole. */
  requestList(request: ClusterRequest, take: (item: unknown) => void): Promise<unknown>;
  /** The answer's bytes as they come, for watches and logs: no idle timeout, dead peers are found by TCP keep-alive. */
  stream(request: ClusterRequest): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Nobody answers: idle connections are closed, reads on demand end with this error, and later ones are not waited for
   * long, until `trust` is called. Requests with a time of their own and writes are left alone.
   */
  distrust(error: ClusterError): void;
  trust(): void;
  close(): void;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DISTRUST_TIMEOUT_MS = 5_000;
/** An API server gives up on a request after 60 s. A write waits longer than that, so as to learn what became of it. */
const WRITE_TIMEOUT_MS = 65_000;
const PACKED = { 'accept-encoding': 'gzip' };

/** A JSON transport over node:https that keeps its connections open. */
export function createTransport(connection: ClusterConnection): Transport {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let silence = newSilence();
  let isTrusted = true;
  const limitOf = (request: ClusterRequest) => {
    const isOnDemand = request.timeoutMs === undefined && !isWrite(request);
    const usualMs = isWrite(request) ? WRITE_TIMEOUT_MS : isTrusted ? DEFAULT_TIMEOUT_MS : DISTRUST_TIMEOUT_MS;
    const lost = isOnDemand ? silence.signal : undefined;
    const limit = new Deadline(request.timeoutMs ?? usualMs, [closing.signal, request.signal, lost]);
    const failure = (cause: unknown) => {
      const loss: unknown = lost?.reason;
      return isClusterError(loss) ? loss : explain(connection, request, cause, limit);
    };
    return { limit, failure };
  };
  const exchange = async (request: JsonRequest, read: (response: http.IncomingMessage) => Promise<unknown>) => {
    const { limit, failure } = limitOf(request);
    try {
      const response = await sendRequest(connection, request, limit.signal, PACKED);
      if (!isOk(response)) throw refuse(connection, request, response, await readBody(response));
      return await read(response);
    } catch (cause) {
      throw failure(cause);
    } finally {
      limit.done();
    }
  };
  return {
    requestJson: (request) => exchange(request, async (response) => JSON.parse(await readBody(response))),
    requestList: (request, take) => exchange(request, (response) => readList(response, take)),
    stream: async (request) => {
      const { limit, failure } = limitOf(request);
      try {
        const response = await sendRequest(connection, request, limit.signal, {});
        if (!isOk(response)) throw refuse(connection, request, response, await readBody(response));
        limit.stopClock();
        return readStream(response, limit, failure);
      } catch (cause) {
        limit.done();
        throw failure(cause);
      }
    },
    distrust: (error) => {
      isTrusted = false;
      connection.dropIdle();
      silence.abort(error);
      silence = newSilence();
    },
    trust: () => {
      isTrusted = true;
    },
    close: () => {
      closing.abort();
      connection.close();
    },
  };
}

function newSilence(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

function isWrite({ method }: ClusterRequest): boolean {
  return method === 'PATCH';
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
  response: http.IncomingMessage,
  limit: Deadline,
  failure: (cause: unknown) => ClusterError,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response) yield chunk;
  } catch (cause) {
    throw failure(cause);
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
  if (isClusterError(cause)) return cause;
  const what = `${request.method ?? 'GET'} ${request.path}`;
  const where = connection.server.host;
  if (limit.hasExpired) {
    const next = isWrite(request)
      ? 'Whether the change was made is not known: look at the object before you repeat it.'
      : 'Try again.';
    return new ClusterError('timeout', `${where} did not answer ${what} in time. ${next}`, { cause });
  }
  if (limit.signal.aborted)
    return new ClusterError('timeout', `${what} was given up before ${where} answered.`, { cause });
  if (cause instanceof SyntaxError) {
    return new ClusterError('internal', `${where} answered ${what} with something that is not JSON.`, { cause });
  }
  const text = cause instanceof Error ? cause.message : String(cause);
  if (isDistrust(cause)) {
    connection.forgetCredentials();
    const message = `The certificate of ${where} is not trusted: ${text}. Renew the certificate authority of cluster "${connection.clusterName}" in the kubeconfig, which is read again by itself; kubectl with the same file tells whether it is right.`;
    return new ClusterError('untrusted', message, { cause });
  }
  const message = `Cannot reach ${where} for ${what}: ${text}. Check that the API server runs and that the network allows it.`;
  return new ClusterError('unreachable', message, { cause });
}
