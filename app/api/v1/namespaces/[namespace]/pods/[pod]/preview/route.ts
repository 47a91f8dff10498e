import { buildPodPreviewAnswer } from '@/lib/answers/preview/build-pod-preview-answer';
import { previewQuerySchema } from '@/lib/api/preview';
import { parseQuery, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

/** GET: what would stand in a pod’s place if it were created now. 404 no such pod, 504 a template that does not end. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'pod/preview', async () => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const thing = { pod: requireObjectName(path.pod) };
    const query = parseQuery(request, previewQuerySchema);
    return buildPodPreviewAnswer(await sessionOf(request), namespace, thing, query, request.signal);
  });
}
