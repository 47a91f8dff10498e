import { buildPodPreviewAnswer } from '@/lib/answers/preview/build-pod-preview-answer';
import { previewQuerySchema } from '@/lib/api/preview';
import { parseQuery, requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

/** GET: the next pod of a workload, as the injector would make it. 404 no such workload, 504 a template that does not end. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workload/preview', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const thing = { kind: requireKind(path.kind), name: requireObjectName(path.name) };
    const query = parseQuery(request, previewQuerySchema);
    return buildPodPreviewAnswer(await sessionOf(request), namespace, thing, query, request.signal);
  });
}
