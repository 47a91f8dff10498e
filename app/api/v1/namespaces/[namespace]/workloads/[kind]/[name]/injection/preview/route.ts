import { previewWorkloadSwitch } from '@/lib/answers/preview/preview-workload-switch';
import { workloadSwitchQuerySchema } from '@/lib/api/workload-switch';
import { parseQuery, requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

/** GET: the next pod with the switch changed. 400 a kind without a changeable template, 504 a template that does not end. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workloads/injection/preview', async () => {
    const path = await params;
    const workload = {
      kind: requireKind(path.kind),
      namespace: requireNamespaceName(path.namespace),
      name: requireObjectName(path.name),
    };
    const query = parseQuery(request, workloadSwitchQuerySchema);
    return previewWorkloadSwitch(await sessionOf(request), workload, query, request.signal);
  });
}
