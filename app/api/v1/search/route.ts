import { buildSearchAnswer } from '@/lib/answers/build-search-answer';
import { searchQuerySchema } from '@/lib/api/search';
import { parseQuery } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: namespaces, workloads and pods by name, for the command palette. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'search', async () => {
    const query = parseQuery(request, searchQuerySchema);
    return buildSearchAnswer(await sessionOf(request), query);
  });
}
