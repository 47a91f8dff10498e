import { buildProblemsAnswer, listMatchingProblems } from '@/lib/answers/build-problems-answer';
import { toProblemsFile } from '@/lib/answers/problems-file';
import { problemsQuerySchema } from '@/lib/api/problems';
import { localeOf } from '@/lib/http/locale-of';
import { parseQuery } from '@/lib/http/read-request';
import { respond, respondWithFile } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';
import { openPhraseBook } from '@/lib/i18n/phrase-book';

export const dynamic = 'force-dynamic';

/** GET: what is not as it should be, by cause; with `format` a file of everything that matches. 400 bad parameter. */
export function GET(request: Request): Promise<Response> {
  const isFile = new URL(request.url).searchParams.has('format');
  return isFile
    ? respondWithFile(request, 'problems/file', () => buildFile(request))
    : respond(request, 'problems', async () => {
        const query = parseQuery(request, problemsQuerySchema);
        return buildProblemsAnswer(await sessionOf(request), query);
      });
}

async function buildFile(request: Request) {
  const { format = 'json', ...query } = parseQuery(request, problemsQuerySchema);
  const session = await sessionOf(request);
  const [found, say] = await Promise.all([listMatchingProblems(session, query), openPhraseBook(localeOf(request))]);
  return toProblemsFile(found, { format, cluster: session.contextName, say });
}
