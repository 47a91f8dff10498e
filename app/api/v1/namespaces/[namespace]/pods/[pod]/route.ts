import { buildPodAnswer } from '@/lib/answers/build-pod-answer';
import { requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: one pod with its verdict and the gates that it met. 404 no such pod. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    return buildPodAnswer(await sessionOf(request), namespace, name);
  });
}
