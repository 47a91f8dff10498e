import { ApiError } from './api-error';
import { discover } from './discovery';
import type { Answer } from './http-exchange';
import type { KindRow } from './kind-row';
import { openApiDocument, openApiIndex } from './openapi';

/** The version of Kubernetes whose behaviour this server follows. */
const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3-sidelight-demo',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
};

const TEXT = 'text/plain; charset=utf-8';
const PATHS = ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'];
const CHECKS = /^\/(healthz|livez|readyz)(\/(ping|log|etcd))?$/;

export interface PathRequest {
  readonly method: string;
  readonly path: string;
  readonly accept: string | undefined;
  readonly kinds: readonly KindRow[];
  /** Where clients reach this server: host and port. */
  readonly address: string;
}

/** Answers what is asked of no resource: discovery, health, version, schemas. */
export function servePath(request: PathRequest): Answer {
  const { method, kinds, accept, address } = request;
  const path = request.path.replace(/\/+$/, '');
  if (CHECKS.test(path)) return { status: 200, body: 'ok', contentType: TEXT };
  const answer = readPath(path, kinds, accept, address);
  if (answer === undefined) return isServedGroup(kinds, path) ? refuse('NotFound') : noSuchPage();
  return method === 'GET' || method === 'HEAD' ? answer : refuse('MethodNotAllowed');
}

function readPath(
  path: string,
  kinds: readonly KindRow[],
  accept: string | undefined,
  address: string,
): Answer | undefined {
  if (path === '/version') return { status: 200, body: VERSION };
  if (path === '') return { status: 200, body: { paths: PATHS } };
  // The real server names no better type for its index.
  if (path === '/openapi/v3') return { status: 200, body: JSON.stringify(openApiIndex(kinds)), contentType: TEXT };
  const schema = path.startsWith('/openapi/v3/')
    ? openApiDocument(kinds, path.slice('/openapi/v3/'.length))
    : undefined;
  if (schema !== undefined) return { status: 200, body: schema };
  return /^\/apis?(\/|$)/.test(path) ? discover(kinds, path, accept, address) : undefined;
}

/** Groups that are served answer for their own paths, with a Status; for all others there is a page. */
export function isServedGroup(kinds: readonly KindRow[], path: string): boolean {
  if (path.startsWith('//')) return false;
  const [root, group] = path.split('/').filter((part) => part !== '');
  if (root === 'api') return true;
  return root === 'apis' && kinds.some((row) => row.group !== '' && row.group === group);
}

export function noSuchPage(): Answer {
  return { status: 404, body: '404 page not found\n', contentType: TEXT };
}

function refuse(reason: 'NotFound' | 'MethodNotAllowed'): never {
  const text =
    reason === 'NotFound'
      ? 'the server could not find the requested resource'
      : 'the server does not allow this method on the requested resource';
  throw new ApiError(reason, text, {});
}
