import { readAccess } from '@/lib/answers/read-access';
import { requireNamespaceName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string }>;
}

/** GET: what the user may change in this namespace, as the API server says. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'namespaces/access', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    return readAccess(await sessionOf(request), namespace);
  });
}
