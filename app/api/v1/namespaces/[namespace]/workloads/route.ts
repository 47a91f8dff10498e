import { buildWorkloadsAnswer } from '@/lib/answers/build-workloads-answer';
import { workloadsQuerySchema } from '@/lib/api/namespaces';
import { parseQuery, requireNamespaceName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string }>;
}

/** GET: the workloads of a namespace with their pods by state. 404 no such namespace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workloads', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    const query = parseQuery(request, workloadsQuerySchema);
    return buildWorkloadsAnswer(await sessionOf(request), namespace, query);
  });
}
