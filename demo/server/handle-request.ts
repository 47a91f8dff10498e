import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from './admission';
import { ApiError } from './api-error';
import { ANONYMOUS, type Authorizer } from './authorize';
import type { DemoUser } from './bound-rules';
import { type Answer, sendAnswer } from './http-exchange';
import { parseRendering } from './parse-rendering';
import { findRow, parseResourcePath, toAccessRequest } from './parse-request';
import type { ReadPodLog } from './pod-log';
import { isServedGroup, noSuchPage, servePath } from './serve-path';
import { serveResource } from './serve-resource';
import { isReview, serveReview } from './serve-review';
import type { Store } from './store';

export interface Api {
  readonly store: Store;
  readonly admission: Admission;
  readonly authorizer: Authorizer;
  readonly readPodLog: ReadPodLog;
  readonly bookmarkIntervalMs: number;
  userOfToken(token: string): DemoUser | undefined;
  log(line: RequestLine): void;
}

/** One line per request, for those who want to see the traffic. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly user: string;
  readonly status: number;
}

/** Answers one request: who, may they, what. Whatever goes wrong becomes a Status. */
export async function handleRequest(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Paths that begin with two slashes are not addresses of other hosts.
  const url = new URL(`https://demo.invalid${request.url ?? '/'}`);
  response.setHeader('audit-id', randomUUID());
  let user = ANONYMOUS;
  try {
    user = authenticate(api, request);
    const answer = await answerRequest(api, user, url, request, response);
    if (answer !== undefined) await sendAnswer(request, response, answer);
  } catch (error) {
    await sendFailure(request, response, error);
  }
  api.log({
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    user: user.name,
    status: response.statusCode,
  });
}

async function sendFailure(request: IncomingMessage, response: ServerResponse, error: unknown): Promise<void> {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const text = error instanceof Error ? error.message : String(error);
  const failure = error instanceof ApiError ? error : new ApiError('InternalError', `Internal error occurred: ${text}`);
  if (!(error instanceof ApiError)) console.error(error);
  if (failure.details?.retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(failure.details.retryAfterSeconds));
  }
  await sendAnswer(request, response, { status: failure.code, body: failure.toStatus() });
}

function authenticate(api: Api, request: IncomingMessage): DemoUser {
  const header = request.headers.authorization;
  if (header === undefined) return ANONYMOUS;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  // Whoever shows something else is as unknown as one who shows nothing.
  if (token === undefined) return ANONYMOUS;
  const user = api.userOfToken(token);
  if (user === undefined) throw new ApiError('Unauthorized', 'Unauthorized');
  return user;
}

async function answerRequest(
  api: Api,
  user: DemoUser,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const method = request.method ?? 'GET';
  const target = parseResourcePath(method, url);
  if (target === undefined) {
    api.authorizer.require(user, { verb: method === 'HEAD' ? 'get' : method.toLowerCase(), path: url.pathname });
    return servePath({
      method,
      path: url.pathname,
      accept: request.headers.accept,
      kinds: api.store.kinds,
      address: request.headers.host ?? '',
    });
  }
  api.authorizer.require(user, toAccessRequest(target));
  if (isReview(target)) {
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    return serveReview({ authorizer: api.authorizer, user, target, query: url.searchParams, incoming: request, now });
  }
  if (!isServedGroup(api.store.kinds, url.pathname)) return noSuchPage();
  const row = findRow(api.store.kinds, target);
  const isScoped = target.namespace !== undefined;
  const isServed =
    row !== undefined &&
    (row.namespaced || !isScoped) &&
    (row.namespaced !== true || isScoped || target.name === undefined);
  if (!isServed || (target.subresource !== undefined && !row.subresources.some((one) => one === target.subresource))) {
    throw unknownPath();
  }
  return serveResource({
    ...api,
    row,
    request: target,
    query: url.searchParams,
    user,
    rendering: parseRendering(request.headers.accept, url.searchParams, Date.now(), target.verb),
    warnings: [],
    incoming: request,
    response,
  });
}

function unknownPath(): ApiError {
  return new ApiError('NotFound', 'the server could not find the requested resource', {});
}
