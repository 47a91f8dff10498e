import { getSession } from '@/lib/cluster/current-sessions';
import { openEventStream } from '@/lib/cluster/event-stream';
import { respondWith } from '@/lib/http/respond';
import { contextNameOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: server-sent events `state`, `change` and `resync`: what changed, never the objects. 404 no such cluster. */
export function GET(request: Request): Promise<Response> {
  return respondWith(() => {
    const stream = openEventStream(getSession(contextNameOf(request)), request.signal);
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  });
}
