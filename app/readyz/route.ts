import { modelOf } from '@/lib/answers/injection-model';
import { getSession } from '@/lib/cluster/current-sessions';

export const dynamic = 'force-dynamic';

/** GET: 200 once the first lists of the configured cluster are in, or have said why not, and were judged; else 503. */
export function GET(): Response {
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
  try {
    const session = getSession();
    const { status } = session.store.connection();
    const isReady = status !== 'syncing' && modelOf(session).hasDecided;
    return new Response(`${isReady ? status : 'syncing'}\n`, { status: isReady ? 200 : 503, headers });
  } catch (error) {
    return new Response(`${error instanceof Error ? error.message : String(error)}\n`, { status: 503, headers });
  }
}
