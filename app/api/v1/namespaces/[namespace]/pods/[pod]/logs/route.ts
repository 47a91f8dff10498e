import { type PodLogsAnswer, podLogsQuerySchema } from '@/lib/api/pod-head';
import { readLogs } from '@/lib/cluster/read-logs';
import { parseQuery, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: the last lines of a container's log. 403 no right, 404 no such pod, 422 the container has not started. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/logs', async (): Promise<PodLogsAnswer> => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const pod = requireObjectName(path.pod);
    const { container, tail, previous } = parseQuery(request, podLogsQuerySchema);
    const wanted = { namespace, pod, container, tailLines: tail, isPrevious: previous === 'true' };
    const lines = await readLogs(await sessionOf(request), wanted, request.signal);
    return { container, lines: [...lines] };
  });
}
