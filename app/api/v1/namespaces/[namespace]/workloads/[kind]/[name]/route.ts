import { buildWorkloadAnswer } from '@/lib/answers/build-workload-answer';
import { requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

/** GET: one workload with its pods, its rollout and what its next pod would meet. 404 no such workload. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workload', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const kind = requireKind(path.kind);
    const name = requireObjectName(path.name);
    return buildWorkloadAnswer(await sessionOf(request), namespace, kind, name);
  });
}
