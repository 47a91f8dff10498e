import { buildPodProcessesAnswer } from '@/lib/answers/build-pod-processes-answer';
import { requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: what runs in the pod, what each process listens on and talks to. 404 no such pod. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/processes', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    return buildPodProcessesAnswer(await sessionOf(request), namespace, name);
  });
}
