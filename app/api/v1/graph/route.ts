import { buildGraphAnswer } from '@/lib/answers/build-graph-answer';
import { graphQuerySchema } from '@/lib/api/graph';
import { parseQuery } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: the mesh graph of the namespaces in `namespaces`. 400 bad parameter, 404 no such cluster. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'graph', async () => {
    const { namespaces } = parseQuery(request, graphQuerySchema);
    return buildGraphAnswer(await sessionOf(request), namespaces);
  });
}
