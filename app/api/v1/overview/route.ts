import { buildOverviewAnswer } from '@/lib/answers/build-overview-answer';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: the five numbers, the worst causes, upgrade progress and the last hour. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'overview', async () => buildOverviewAnswer(await sessionOf(request)));
}
