import { buildPodDiffAnswer } from '@/lib/answers/build-pod-diff-answer';
import { requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: the pod as its author wrote it, as it runs, and each difference with its origin. 404 no such pod. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/diff', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    return buildPodDiffAnswer(await sessionOf(request), namespace, name);
  });
}
