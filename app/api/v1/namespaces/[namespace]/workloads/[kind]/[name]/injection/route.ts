import { buildWorkloadSwitchPlan, switchWorkload } from '@/lib/answers/switch-workload';
import { workloadSwitchQuerySchema, workloadSwitchRequestSchema } from '@/lib/api/workload-switch';
import { logWrite } from '@/lib/http/log-write';
import { parseBody, parseQuery, requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

async function readNames({ params }: Context) {
  const path = await params;
  return {
    kind: requireKind(path.kind),
    namespace: requireNamespaceName(path.namespace),
    name: requireObjectName(path.name),
  };
}

/** GET: what a switch of this workload would do (`action`), and whether this user may. 400 a kind without a changeable template. */
export function GET(request: Request, context: Context): Promise<Response> {
  return respond(request, 'workloads/injection', async () => {
    const workload = await readNames(context);
    const query = parseQuery(request, workloadSwitchQuerySchema);
    return buildWorkloadSwitchPlan(await sessionOf(request), workload, query);
  });
}

/** POST: switches it. 403 no right or read-only, 409 it changed since (details hold its label and template's fingerprint now). */
export function POST(request: Request, context: Context): Promise<Response> {
  return respond(request, 'workloads/injection', async () => {
    const workload = await readNames(context);
    const body = await parseBody(request, workloadSwitchRequestSchema);
    const session = await sessionOf(request);
    const entry = {
      who: session.userName,
      cluster: session.contextName,
      action: body.action,
      object: `${workload.kind} ${workload.namespace}/${workload.name}`,
      dryRun: body.dryRun ?? false,
    };
    const { result } = await logWrite(entry, () => switchWorkload(session, workload, body));
    return result;
  });
}
