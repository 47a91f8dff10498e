import { buildCaptureDifference } from '@/lib/answers/build-capture-difference';
import { captureDifferenceQuerySchema } from '@/lib/api/capture-difference';
import { parseQuery, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: where a pod's rules differ from the defaults or from another pod's (`with`). 404 no such pod, 422 one has no rules. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/capture/difference', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    const other = requireObjectName(parseQuery(request, captureDifferenceQuerySchema).with);
    return buildCaptureDifference(await sessionOf(request), namespace, name, other);
  });
}
