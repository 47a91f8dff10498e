import { buildControlPlanesAnswer } from '@/lib/answers/build-control-planes-answer';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: control planes with webhooks, tags, proxies and progress, and the gateways. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'control-planes', async () => buildControlPlanesAnswer(await sessionOf(request)));
}
