import { posix } from 'node:path';
import { badRequest } from './api-error';
import { isRecord } from './json-access';

/** Where a list goes on. */
export interface ContinueToken {
  /** -1: at the newest version, for a list that has become too old to be continued as it began. */
  readonly resourceVersion: number;
  /** The first key that may come next, below the list's own prefix. */
  readonly from: string;
}

const VERSION = 'meta.k8s.io/v1';

/** A token in the real server's own form, so that clients that look inside find what they know. */
export function writeContinueToken({ resourceVersion, from }: ContinueToken): string {
  const text = JSON.stringify({ v: VERSION, rv: resourceVersion, start: `/${from}` });
  return Buffer.from(text).toString('base64url');
}

/** Reads a token; 400 for one that is none. Source: k8s.io/apiserver, pkg/storage/continue.go, DecodeContinue. */
export function readContinueToken(text: string): ContinueToken {
  const wrong = text.search(/[^\w-]/);
  if (wrong !== -1) throw notAKey(`: illegal base64 data at input byte ${wrong}`);
  const { v, rv, start } = parseToken(Buffer.from(text, 'base64url').toString('utf8'));
  if (v !== VERSION)
    throw notAKey(`: server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`);
  if (typeof rv !== 'number' || rv === 0)
    throw notAKey(`: incorrect encoded start resourceVersion (version ${VERSION})`);
  if (typeof start !== 'string' || start === '') throw notAKey(`: encoded start key empty (version ${VERSION})`);
  const key = start.startsWith('/') ? start : `/${start}`;
  if (posix.normalize(key) !== key) throw notAKey(`: ${start}`);
  return { resourceVersion: rv, from: key.slice(1) };
}

function parseToken(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isRecord(parsed)) return parsed;
  } catch {
    // Said below in the one way that both cases share.
  }
  throw notAKey(`: invalid character '${text.charAt(0)}' looking for beginning of value`);
}

function notAKey(why: string) {
  return badRequest(`invalid continue token: continue key is not valid${why}`);
}
