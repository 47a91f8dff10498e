import { type KindRow, resourceId } from './kind-row';
import { isTrue } from './list-options';
import type { AccessRequest } from './policy-rule';
import { selectedName } from './select-objects';

/** A request for objects of a kind. */
export interface ResourceRequest {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
  readonly verb: string;
  /** Of the one object that a list or watch selects by name. */
  readonly selectedName?: string | undefined;
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
  if (url.pathname.startsWith('//')) return undefined;
  const parts = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const isCore = parts[0] === 'api';
  if (!isCore && parts[0] !== 'apis') return undefined;
  const [group = '', version = ''] = isCore ? ['', parts[1]] : [parts[1], parts[2]];
  const below = parts.slice(isCore ? 2 : 3);
  // `/api/v1/watch/...` is how watches were asked for before there was a parameter; it still works.
  const isOldWatch = below[0] === 'watch' && below.length > 1 && method === 'GET';
  const rest = isOldWatch ? below.slice(1) : below;
  if (version === '' || rest.length === 0) return undefined;
  const isScoped =
    rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && NAMESPACE_SUBRESOURCES.has(rest[2] ?? ''));
  const [plural = '', name, subresource] = isScoped ? rest.slice(2) : rest;
  const namespace = isScoped ? rest[1] : undefined;
  const isWatch = isOldWatch || isTrue(url.searchParams.get('watch') ?? '');
  const base = VERBS[method] ?? method.toLowerCase();
  const verb = isOldWatch ? 'watch' : name === undefined ? collectionVerb(base, isWatch) : base;
  const isSelecting = name === undefined && (verb === 'list' || verb === 'watch');
  const selected = isSelecting ? selectedName(url.searchParams) : undefined;
  return { group, version, plural, namespace, name, subresource, verb, selectedName: selected };
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

function collectionVerb(verb: string, isWatch: boolean): string {
  if (verb === 'get') return isWatch ? 'watch' : 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
}

/** The request as RBAC sees it: asking for a namespace counts as a request within it. */
export function toAccessRequest(request: ResourceRequest): AccessRequest {
  const { verb, group, plural, subresource, name, selectedName: selected } = request;
  const namespace = group === '' && plural === 'namespaces' && name !== undefined ? name : request.namespace;
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  return { verb, group, resource, namespace, name: name ?? selected };
}

/** The row that serves a request, if this cluster has the kind in that version. */
export function findRow(kinds: readonly KindRow[], request: ResourceRequest): KindRow | undefined {
  const id = resourceId(request);
  return kinds.find((row) => resourceId(row) === id && row.versions.includes(request.version));
}
