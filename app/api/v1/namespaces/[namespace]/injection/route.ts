import { buildInjectionPlan } from '@/lib/answers/build-injection-plan';
import { switchInjection } from '@/lib/answers/switch-injection';
import { injectionPlanQuerySchema, injectionRequestSchema } from '@/lib/api/injection';
import { logWrite } from '@/lib/http/log-write';
import { parseBody, parseQuery, requireNamespaceName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string }>;
}

/** GET: what a switch would do (`action`, `revision`), and whether this user may. 404 no such namespace. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'namespaces/injection', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    const query = parseQuery(request, injectionPlanQuerySchema);
    return buildInjectionPlan(await sessionOf(request), namespace, query);
  });
}

/** POST: switches it. 403 no right or read-only, 409 the namespace changed since (details hold its labels now). */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'namespaces/injection', async () => {
    const namespace = requireNamespaceName((await params).namespace);
    const body = await parseBody(request, injectionRequestSchema);
    const session = await sessionOf(request);
    const entry = {
      who: session.userName,
      cluster: session.contextName,
      action: body.action,
      object: `Namespace ${namespace}`,
      dryRun: body.dryRun ?? false,
    };
    const { result } = await logWrite(entry, () => switchInjection(session, namespace, body));
    return result;
  });
}
