import { ApiError, badRequest, expired, invalid } from './api-error';
import { isRecord } from './json-access';
import type { KindRow } from './kind-row';
import { EXPIRED_TOKEN, indexAfter, takeSnapshot } from './list-snapshot';
import type { KubeObject } from './object-types';
import { parseSelection } from './select-objects';
import type { Store } from './store';

/** One page of a list. */
export interface Page {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  readonly continueToken: string | undefined;
  readonly remaining: number | undefined;
}

interface Token {
  readonly resourceVersion: number;
  readonly after: string;
}

function writeToken(token: Token): string {
  const text = JSON.stringify({ v: 'meta.k8s.io/v1', rv: token.resourceVersion, start: token.after });
  return Buffer.from(text).toString('base64url');
}

function readToken(text: string): Token {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (isRecord(parsed) && typeof parsed.rv === 'number' && typeof parsed.start === 'string') {
      return { resourceVersion: parsed.rv, after: parsed.start };
    }
  } catch {
    // Not a token of ours: refused below, like one that is well-formed but incomplete.
  }
  throw badRequest('continue key is not valid: illegal base64 data or an unknown encoding');
}

const forbiddenField = (field: string, text: string) =>
  invalid('meta.k8s.io', 'ListOptions', '', [{ reason: 'FieldValueForbidden', message: `Forbidden: ${text}`, field }]);

/** The version a list is asked to be of; undefined for the newest. */
function requestedVersion(store: Store, query: URLSearchParams): number | undefined {
  const version = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  if (match !== '' && version === '') {
    throw forbiddenField(
      'resourceVersionMatch',
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (match !== '' && match !== 'Exact' && match !== 'NotOlderThan') {
    throw invalid('meta.k8s.io', 'ListOptions', '', [
      {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`,
        field: 'resourceVersionMatch',
      },
    ]);
  }
  if (version === '') return undefined;
  const asked = parseVersion(version);
  if (asked > store.resourceVersion) throw tooLarge(asked, store.resourceVersion);
  if (match === 'Exact' && asked === 0) {
    throw forbiddenField('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
  // A limit without a match means the exact version, for the sake of clients older than the parameter.
  const isExact = match === 'Exact' || (match === '' && asked > 0 && query.has('limit'));
  return isExact ? asked : undefined;
}

export function parseVersion(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw invalid('meta.k8s.io', 'ListOptions', '', [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
      field: 'resourceVersion',
    },
  ]);
}

function tooLarge(asked: number, current: number): ApiError {
  const details = {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  };
  return new ApiError('Timeout', `Timeout: Too large resource version: ${asked}, current: ${current}`, details, 504);
}

/** Lists by `labelSelector`, `fieldSelector`, `limit`, `continue`, `resourceVersion` and `resourceVersionMatch`. */
export function listObjects(store: Store, row: KindRow, namespace: string | undefined, query: URLSearchParams): Page {
  const selection = parseSelection(row, query);
  const limit = Number(query.get('limit') ?? 0);
  const continueText = query.get('continue') ?? '';
  const token = continueText === '' ? undefined : readToken(continueText);
  if (token !== undefined && !['', '0'].includes(query.get('resourceVersion') ?? '')) {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  const at = token?.resourceVersion ?? requestedVersion(store, query);
  const snapshot = takeSnapshot(store, row, namespace, at === undefined ? undefined : requireKnown(store, at));
  const items: KubeObject[] = [];
  let index = token === undefined ? 0 : indexAfter(snapshot.keys, token.after);
  let last = '';
  for (; index < snapshot.keys.length && (limit === 0 || items.length < limit); index += 1) {
    last = snapshot.keys[index] ?? '';
    const object = snapshot.read(last);
    if (object !== undefined && selection.matches(object)) items.push(object);
  }
  const remaining = snapshot.keys.length - index;
  const hasMore = remaining > 0;
  return {
    items,
    resourceVersion: String(snapshot.resourceVersion),
    continueToken: hasMore ? writeToken({ resourceVersion: snapshot.resourceVersion, after: last }) : undefined,
    remaining: hasMore && selection.isEverything ? remaining : undefined,
  };
}

function requireKnown(store: Store, at: number): number {
  if (at !== store.resourceVersion && store.eventsSince(at) === undefined) throw expired(EXPIRED_TOKEN);
  return at;
}
