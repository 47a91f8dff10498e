import { ApiError } from './api-error';
import { readCookie } from './browser-cookie';
import { CLUSTER_COOKIE } from './preferences';

const CLUSTER_HEADER = 'x-sidelight-cluster';

function clusterHeader(): Record<string, string> {
  const cluster = readCookie(CLUSTER_COOKIE);
  if (cluster === undefined || cluster === '') return {};
  // A header holds no more than Latin letters; the server undoes the escapes.
  return { [CLUSTER_HEADER]: /^[\x20-\x7e]+$/.test(cluster) ? cluster : encodeURIComponent(cluster) };
}

function toFailure(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error } = body;
    if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
      const details = 'details' in error ? error.details : undefined;
      return new ApiError(String(error.code), String(error.message), status, details);
    }
  }
  return new ApiError(status === 404 ? 'not-found' : 'internal', `HTTP ${status}`, status);
}

const send = (path: string, init: RequestInit): Promise<Response> =>
  fetch(path, { ...init, headers: { accept: 'application/json', ...clusterHeader(), ...init.headers } });

async function request(path: string, init: RequestInit): Promise<unknown> {
  return readBody(path, await send(path, init));
}

async function readBody(path: string, response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new ApiError('bad-answer', `The answer to ${path} is not JSON.`, response.status);
  }
  if (!response.ok) throw toFailure(response.status, body);
  return body;
}

/** Reads JSON from our API for the chosen cluster. Throws ApiError; a lost connection is a TypeError of fetch. */
export const getJson = (path: string, signal?: AbortSignal): Promise<unknown> =>
  request(path, { method: 'GET', ...(signal === undefined ? {} : { signal }) });

/** Opens an answer that comes bit by bit. Throws as getJson does when it does not begin well. */
export async function openStream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await send(path, { method: 'GET', headers: { accept: 'application/x-ndjson' }, signal });
  if (!response.ok) await readBody(path, response);
  return response.body ?? new Blob([]).stream();
}

/** Sends JSON, as proxy.ts demands of what is no plain read. Throws as getJson does. */
export const postJson = (path: string, body: unknown, signal?: AbortSignal): Promise<unknown> =>
  request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    ...(signal === undefined ? {} : { signal }),
  });
