import { getSession } from '@/lib/cluster/current-sessions';

export const dynamic = 'force-dynamic';

/** GET: 200 once the first lists of the configured cluster are in, or have said why they cannot be; else 503. */
export function GET(): Response {
  const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
  try {
    const { status } = getSession().store.connection();
    return new Response(`${status}\n`, { status: status === 'syncing' ? 503 : 200, headers });
  } catch (error) {
    return new Response(`${error instanceof Error ? error.message : String(error)}\n`, { status: 503, headers });
  }
}
