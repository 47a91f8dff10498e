import { buildInjectorsAnswer } from '@/lib/answers/build-inject-answer';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: the revisions whose injector can render manifests, and why another cannot. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'injectors', async () => buildInjectorsAnswer(await sessionOf(request), request.signal));
}
