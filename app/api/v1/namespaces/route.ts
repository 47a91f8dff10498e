import { buildNamespacesAnswer } from '@/lib/answers/build-namespaces-answer';
import { namespacesQuerySchema } from '@/lib/api/namespaces';
import { parseQuery } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: namespaces with mode, pods by state and problems. 400 bad parameter, 404 no such cluster. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'namespaces', async () => {
    const query = parseQuery(request, namespacesQuerySchema);
    return buildNamespacesAnswer(await sessionOf(request), query);
  });
}
