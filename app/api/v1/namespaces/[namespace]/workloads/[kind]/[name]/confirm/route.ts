import { readConfirmAccess } from '@/lib/answers/build-confirm-answer';
import { logConfirm } from '@/lib/http/log-confirm';
import { requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

/** GET: whether this user may have the cluster try a pod of this namespace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workloads/confirm', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    return readConfirmAccess(await sessionOf(request), namespace);
  });
}

/** POST: the workload's next pod, tried by the cluster and compared. 400 a kind without pods, 403 no right or read-only. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workloads/confirm', async () => {
    const path = await params;
    return logConfirm(request, {
      namespace: requireNamespaceName(path.namespace),
      kind: requireKind(path.kind),
      name: requireObjectName(path.name),
    });
  });
}
