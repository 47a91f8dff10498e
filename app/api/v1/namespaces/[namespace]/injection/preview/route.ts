import { streamInjectionPreview } from '@/lib/answers/preview/stream-injection-preview';
import { previewQuerySchema } from '@/lib/api/preview';
import { parseQuery, requireNamespaceName } from '@/lib/http/read-request';
import { respondWith } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';
import { streamLines } from '@/lib/http/stream-lines';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string }>;
}

/** GET: each workload's next pods, a line as soon as it is rendered. Closing the connection ends it. 404 no such namespace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respondWith(async () => {
    const namespace = requireNamespaceName((await params).namespace);
    const query = parseQuery(request, previewQuerySchema);
    const session = await sessionOf(request);
    return streamLines(request, (signal) => streamInjectionPreview(session, namespace, query, signal));
  });
}
