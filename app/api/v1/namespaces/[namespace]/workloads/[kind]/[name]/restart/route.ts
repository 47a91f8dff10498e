import { type RestartResult, restartRequestSchema } from '@/lib/api/injection';
import { restartWorkload } from '@/lib/cluster/restart-workload';
import { logWrite } from '@/lib/http/log-write';
import { parseBody, requireKind, requireNamespaceName, requireObjectName } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

/** POST: restarts a workload as `kubectl rollout restart` does. 400 a kind that has no rollout, 403 no right, 409 it changed since. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, 'workloads/restart', async (): Promise<RestartResult> => {
    const path = await params;
    const namespace = requireNamespaceName(path.namespace);
    const kind = requireKind(path.kind);
    const name = requireObjectName(path.name);
    const { dryRun = false, resourceVersion } = await parseBody(request, restartRequestSchema);
    const session = await sessionOf(request);
    const entry = {
      who: session.userName,
      cluster: session.contextName,
      action: 'restart',
      object: `${kind} ${namespace}/${name}`,
      dryRun,
    };
    const { after } = await logWrite(entry, () =>
      restartWorkload(session, {
        kind,
        namespace,
        name,
        isDryRun: dryRun,
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      }),
    );
    const kubectl = `kubectl -n ${namespace} rollout restart ${kind.toLowerCase()}/${name}`;
    return { kind, namespace, name, restartedAt: after.restartedAt, generation: after.generation, kubectl };
  });
}
