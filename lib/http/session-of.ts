import 'server-only';
import { modelOf } from '@/lib/answers/injection-model';
import { getSession } from '@/lib/cluster/current-sessions';
import type { ClusterSession } from '@/lib/cluster/session';
import { decodeEscapes, readCookie } from './read-cookie';

/** Names the kubeconfig context of a request; `cluster` in the query wins over the header, the header over the cookie. */
const CLUSTER_HEADER = 'x-sidelight-cluster';
const CLUSTER_COOKIE = 'sidelight-cluster';

/** How long an answer waits for the first lists; afterwards it says that the snapshot is still syncing. */
const FIRST_SYNC_MS = 10_000;

/** The context that a request asks for; undefined means the configured one. */
export function contextNameOf(request: Request): string | undefined {
  const query = new URL(request.url).searchParams.get('cluster');
  const header = request.headers.get(CLUSTER_HEADER);
  const name =
    query ?? (header === null ? readCookie(request.headers.get('cookie'), CLUSTER_COOKIE) : decodeEscapes(header));
  return name === '' ? undefined : name;
}

/** The live session of a request's cluster, once its first lists are in; they are judged from here on. Throws ClusterError for an unknown context. */
export async function sessionOf(request: Request): Promise<ClusterSession> {
  const session = getSession(contextNameOf(request));
  modelOf(session);
  // Waiting sets a timer that holds the request for ten seconds, so only who has to wait waits.
  if (session.store.connection().status === 'syncing') await session.whenSettled(FIRST_SYNC_MS);
  return session;
}
