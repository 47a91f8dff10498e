import 'server-only';
import type http from 'node:http';
import { ClusterError, type ClusterErrorCode } from './cluster-error';
import { isJson, numberAt, objectAt, objectsAt, parseJson, textAt } from './json-fields';
import type { ClusterRequest } from './transport';

const CODE_OF: Readonly<Record<number, ClusterErrorCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  406: 'unsupported',
  408: 'timeout',
  409: 'conflict',
  410: 'gone',
  413: 'invalid',
  415: 'unsupported',
  422: 'invalid',
  429: 'unreachable',
  502: 'unreachable',
  503: 'unreachable',
  504: 'timeout',
};

const WEBHOOK_FAILED = /failed calling webhook "([^"]+)"/;
const WEBHOOK_DENIED = /^admission webhook "([^"]+)" denied the request/;

const NEXT_STEP: Readonly<Partial<Record<ClusterErrorCode, string>>> = {
  unauthorized: 'Renew the credentials of this user in the kubeconfig, which is read again by itself.',
  forbidden: 'Ask for the right, or choose another context.',
  'not-found': 'Check the name; it may have been deleted.',
  conflict: 'Read it again and repeat the change.',
  unreachable: 'Try again shortly.',
  timeout: 'Try again shortly.',
};

interface Origin {
  readonly request: ClusterRequest;
  readonly userName: string;
  readonly server: URL;
}

/** The error for an answer that is not 2xx, from the Kubernetes Status in its body where there is one. */
export function toStatusError(response: http.IncomingMessage, text: string, origin: Origin): ClusterError {
  const status = response.statusCode ?? 0;
  const body = parseJson(text);
  const said = isJson(body) && textAt(body, 'kind') === 'Status' ? textAt(body, 'message') : '';
  const code = toCode(status, said);
  const what = `${origin.request.method ?? 'GET'} ${origin.request.path}`;
  const fact = said === '' ? `${origin.server.host} answered ${what} with ${status}` : said.replace(/[.\s]+$/, '');
  const who = code === 'unauthorized' ? ` (user "${origin.userName}" on ${origin.server.host})` : '';
  const details = isJson(body) ? body.details : undefined;
  const waitMs = retryAfterMs(response, isJson(body) ? objectAt(body, 'details') : {});
  return new ClusterError(code, `${fact}${who}. ${nextStep(code, status, said)}`.trim(), {
    status,
    ...(said === '' ? {} : { said }),
    ...(details === undefined ? {} : { details }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

// A webhook answers under any status, and the API server reports one that does not answer as an error of its own.
function toCode(status: number, said: string): ClusterErrorCode {
  if (WEBHOOK_FAILED.test(said)) return 'webhook-failed';
  if (WEBHOOK_DENIED.test(said)) return 'invalid';
  return CODE_OF[status] ?? 'internal';
}

function nextStep(code: ClusterErrorCode, status: number, said: string): string {
  const webhook = WEBHOOK_FAILED.exec(said)?.[1];
  if (webhook !== undefined) {
    return `Nothing was changed. Look at the server behind webhook "${webhook}", or at the failurePolicy of its configuration.`;
  }
  const denier = WEBHOOK_DENIED.exec(said)?.[1];
  if (denier !== undefined) return `Nothing was changed. Meet the rule of webhook "${denier}", or ask whoever runs it.`;
  if (status === 422) return 'Correct the value and try again.';
  return NEXT_STEP[code] ?? (code === 'internal' ? 'See the log of the API server.' : '');
}

/** The error for a Status that came as an event of a watch. */
export function toWatchError(status: unknown, path: string): ClusterError {
  const body = isJson(status) ? status : {};
  const httpStatus = numberAt(body, 'code') ?? 500;
  const said = textAt(body, 'message') || `the API server ended it with ${httpStatus}`;
  const details = body.details;
  return new ClusterError(CODE_OF[httpStatus] ?? 'internal', `Watching ${path} ended: ${said}`, {
    status: httpStatus,
    ...(details === undefined ? {} : { details }),
  });
}

/** Whether a watch asked for a version that this API server has not reached, as after a restore from a backup. */
export function isVersionTooLarge(error: ClusterError): boolean {
  if (!isJson(error.details)) return false;
  return objectsAt(error.details, 'causes').some((cause) => textAt(cause, 'reason') === 'ResourceVersionTooLarge');
}

function retryAfterMs(response: http.IncomingMessage, details: Readonly<Record<string, unknown>>): number | undefined {
  const header = Number(response.headers['retry-after']);
  if (Number.isFinite(header) && header > 0) return header * 1000;
  const seconds = numberAt(details, 'retryAfterSeconds');
  return seconds === undefined ? undefined : seconds * 1000;
}
