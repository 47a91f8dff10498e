import { buildTraceAnswer } from '@/lib/answers/build-trace-answer';
import { packetRequestSchema } from '@/lib/api/capture';
import { parseBody, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/**
 * POST: an imagined packet followed through the pod's rules. It changes nothing, so `--read-only` allows it.
 * 400 a field is wrong, 404 no such pod, 422 an address or service that cannot be followed.
 */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/trace', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    const body = await parseBody(request, packetRequestSchema);
    return buildTraceAnswer(await sessionOf(request), namespace, name, body);
  });
}
