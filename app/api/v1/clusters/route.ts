import { buildClustersAnswer } from '@/lib/answers/build-clusters-answer';
import { respond } from '@/lib/http/respond';
import { contextNameOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** GET: the kubeconfig's contexts and the one in use. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'clusters', () => buildClustersAnswer(contextNameOf(request)));
}
