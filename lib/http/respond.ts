import 'server-only';
import { createHash } from 'node:crypto';
import type { ErrorAnswer } from '@/lib/api/answer-parts';
import { type ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { rememberEach } from '@/lib/core/remember-each';
import { isWrittenJson } from '@/lib/worker/written-json';
import { BadRequest } from './bad-request';
import { logger } from './logger';
import { observeRequest } from './metrics';

const STATUS: Readonly<Record<ClusterError['code'], number>> = {
  unauthorized: 502,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 422,
  gone: 410,
  unreachable: 502,
  untrusted: 502,
  timeout: 504,
  unsupported: 400,
  'webhook-failed': 502,
  internal: 502,
};

/** The one error answer. `details` says what a program or a screen may want to know beyond the sentence. */
function problem(status: number, code: string, message: string, details?: unknown): Response {
  const body: ErrorAnswer = { error: { code, message, ...(details === undefined ? {} : { details }) } };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** Tags come alone, in a list, or weakened by a cache that compressed the answer. */
function matchesTag(header: string | null, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function toText(value: unknown): { readonly body: string; readonly etag: string } {
  const body = JSON.stringify(value);
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
}

/** An answer that is given again is written out once. */
const textOf = rememberEach(toText);

function toBody(value: unknown): { readonly body: BodyInit; readonly etag: string } {
  if (isWrittenJson(value)) return { body: value.bytes, etag: value.etag };
  return typeof value === 'object' && value !== null ? textOf(value) : toText(value);
}

function answer(request: Request, value: unknown): Response {
  const { body, etag } = toBody(value);
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'x-sidelight-cluster, cookie' };
  if (matchesTag(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  return new Response(body, { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } });
}

function failure(error: unknown): Response {
  if (error instanceof BadRequest) return problem(error.status, error.code, error.message);
  if (isClusterError(error)) return problem(STATUS[error.code], error.code, error.message, error.details);
  logger.error({ err: error }, 'request failed');
  return problem(500, 'internal', 'Unexpected error; the server log has it.');
}

/** Answers with what `work` returns (with an ETag), or turns what it throws into `{ error: { code, message } }`. */
export async function respond<T>(request: Request, route: string, work: () => Promise<T> | T): Promise<Response> {
  const started = performance.now();
  const response = await Promise.resolve()
    .then(work)
    .then((value) => answer(request, value), failure);
  observeRequest(request.method, route, response.status, performance.now() - started);
  return response;
}

/** A file to keep: its bytes, what they are, and the name that it gets. */
export interface FileAnswer {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** Answers with a file to save; errors keep the one shape. */
export async function respondWithFile(
  request: Request,
  route: string,
  work: () => Promise<FileAnswer>,
): Promise<Response> {
  const started = performance.now();
  const response = await Promise.resolve().then(work).then(toFile, failure);
  observeRequest(request.method, route, response.status, performance.now() - started);
  return response;
}

function toFile({ name, contentType, text }: FileAnswer): Response {
  // Names are ours and plain, yet a context's name may be part of one: what a header cannot hold goes as an escape.
  const plain = name.replace(/[^\w.-]/g, '_');
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
  const headers = { 'content-type': contentType, 'content-disposition': disposition, 'cache-control': 'no-store' };
  return new Response(text, { headers });
}

/** For answers that are not JSON, such as a stream: errors still get the one shape. */
export async function respondWith(work: () => Promise<Response> | Response): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return failure(error);
  }
}
