import { buildCaptureAnswer } from '@/lib/answers/build-capture-answer';
import { requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: capture settings, chains and rules of a pod, and the picture of them. 404 no such pod. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/capture', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const name = requireObjectName(path.pod);
    return buildCaptureAnswer(await sessionOf(request), namespace, name);
  });
}
