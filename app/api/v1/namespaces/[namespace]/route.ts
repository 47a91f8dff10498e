import { buildNamespaceAnswer } from '@/lib/answers/build-namespace-answer';
import { requireNamespaceName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string }>;
}

/** GET: one namespace with its workloads, its label combinations and the kinds that injection reaches. 404 no such namespace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'namespace', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    return buildNamespaceAnswer(await sessionOf(request), namespace);
  });
}
