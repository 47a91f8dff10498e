import { buildPodPortsAnswer } from '@/lib/answers/build-pod-ports-answer';
import { requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: every listening port with process, bind address, purpose and what capture does with it. 404 no such pod. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/ports', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    return buildPodPortsAnswer(await sessionOf(request), namespace, name);
  });
}
