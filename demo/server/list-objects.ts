import { ApiError, badRequest, expired, expiredPage } from './api-error';
import { readContinueToken, writeContinueToken } from './continue-token';
import type { KindRow } from './kind-row';
import { lowerBound } from './kind-shelf';
import { type ListOptions, parseListOptions } from './list-options';
import { takeSnapshot } from './list-snapshot';
import type { KubeObject } from './object-types';
import type { Store } from './store';

/** One page of a list. */
export interface Page {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  readonly continueToken: string | undefined;
  readonly remaining: number | undefined;
}

/** Lists by `labelSelector`, `fieldSelector`, `limit`, `continue`, `resourceVersion` and `resourceVersionMatch`. */
export function listObjects(store: Store, row: KindRow, namespace: string | undefined, query: URLSearchParams): Page {
  const options = parseListOptions(row, query, false);
  const { selection, resourceVersion } = options;
  // Any state will do then, and the real server gives the whole of the one that it has at hand.
  const limit = resourceVersion === '0' ? 0 : options.limit;
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  const token = options.continueText === '' ? undefined : readContinueToken(options.continueText);
  if (token !== undefined && !['', '0'].includes(resourceVersion)) {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const at = token === undefined ? requestedVersion(store, options) : token.resourceVersion;
  const from = token === undefined ? '' : `${prefix}${token.from}`;
  const exact = at === undefined || at < 0 ? undefined : at;
  if (exact !== undefined && exact !== store.resourceVersion && store.eventsSince(exact) === undefined) {
    if (token === undefined) throw expired('The resourceVersion for the provided list is too old.');
    throw expiredPage(writeContinueToken({ resourceVersion: -1, from: token.from }));
  }
  const snapshot = takeSnapshot(store, row, namespace, exact);
  const items: KubeObject[] = [];
  let index = from === '' ? 0 : lowerBound(snapshot.keys, from);
  let last = '';
  for (; index < snapshot.keys.length && (limit === 0 || items.length < limit); index += 1) {
    last = snapshot.keys[index] ?? '';
    const object = snapshot.read(last);
    if (object !== undefined && selection.matches(object)) items.push(object);
  }
  const remaining = snapshot.keys.length - index;
  const hasMore = remaining > 0;
  const next = { resourceVersion: snapshot.resourceVersion, from: `${last.slice(prefix.length)}\0` };
  return {
    items,
    resourceVersion: String(snapshot.resourceVersion),
    continueToken: hasMore ? writeContinueToken(next) : undefined,
    remaining: hasMore && selection.isEverything ? remaining : undefined,
  };
}

/** The version a list is asked to be of; undefined for the newest. */
function requestedVersion(store: Store, { resourceVersion, match, limit }: ListOptions): number | undefined {
  if (resourceVersion === '') return undefined;
  const problem = versionProblem(resourceVersion);
  if (problem !== undefined) throw badRequest(`invalid resource version: ${problem}`);
  const asked = Number(resourceVersion);
  if (asked > store.resourceVersion) throw tooLarge(asked, store.resourceVersion);
  // A limit without a match means the exact version, for the sake of clients older than the parameter.
  const isExact = match === 'Exact' || (match === '' && asked > 0 && limit > 0);
  return isExact ? asked : undefined;
}

/** What is wrong with a resourceVersion as a number. */
export function versionProblem(text: string): string | undefined {
  if (/^\d+$/.test(text)) return undefined;
  const quoted = JSON.stringify(text);
  return `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`;
}

function tooLarge(asked: number, current: number): ApiError {
  const details = {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  };
  return new ApiError('Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, details, 504);
}
