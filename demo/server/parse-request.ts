import { type KindRow, resourceId } from './kind-row';
import type { AccessRequest } from './policy-rule';

/** A request for objects of a kind. */
export interface ResourceRequest {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly verb: string;
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Reads `/api/v1/...` and `/apis/GROUP/VERSION/...`; undefined for a path that names no resource. */
export function parseResourcePath(method: string, url: URL): ResourceRequest | undefined {
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const isCore = parts[0] === 'api';
  if (!isCore && parts[0] !== 'apis') return undefined;
  const [group = '', version = ''] = isCore ? ['', parts[1]] : [parts[1], parts[2]];
  const rest = parts.slice(isCore ? 2 : 3);
  if (version === '' || rest.length === 0) return undefined;
  const isScoped =
    rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && NAMESPACE_SUBRESOURCES.has(rest[2] ?? ''));
  const [plural = '', name, subresource] = isScoped ? rest.slice(2) : rest;
  const namespace = isScoped ? rest[1] : undefined;
  const isWatch = ['1', 'true'].includes(url.searchParams.get('watch') ?? '');
  const base = VERBS[method] ?? method.toLowerCase();
  const verb = name === undefined ? collectionVerb(base, isWatch) : base;
  return { group, version, plural, namespace, name, subresource, verb };
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

function collectionVerb(verb: string, isWatch: boolean): string {
  if (verb === 'get') return isWatch ? 'watch' : 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
}

/** The request as RBAC sees it: asking for a namespace counts as a request within it. */
export function toAccessRequest(request: ResourceRequest): AccessRequest {
  const { verb, group, plural, subresource, name } = request;
  const namespace = group === '' && plural === 'namespaces' && name !== undefined ? name : request.namespace;
  return { verb, group, resource: subresource === undefined ? plural : `${plural}/${subresource}`, namespace, name };
}

/** The row that serves a request, if this cluster has the kind in that version. */
export function findRow(kinds: readonly KindRow[], request: ResourceRequest): KindRow | undefined {
  const id = resourceId(request);
  return kinds.find((row) => resourceId(row) === id && row.versions.includes(request.version));
}
