import 'server-only';
import { isClusterError } from '@/lib/cluster/cluster-error';
import { readNamespace } from '@/lib/cluster/read-namespace';
import type { ClusterSession } from '@/lib/cluster/session';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { modelOf } from './injection-model';
import { requireNamespace } from './require-namespace';

/**
 * A namespace as the API server has it at this moment, where the snapshot is behind; what is in it comes from the snapshot.
 *
 * Where it may not be read by itself, the snapshot is all that there is. Throws ClusterError `not-found`.
 */
export async function readNamespaceNow(session: ClusterSession, name: string): Promise<NamespaceSummary> {
  requireNamespace(session, name);
  try {
    const namespace = await readNamespace(session, name);
    const known = requireNamespace(session, name);
    const isCurrent = known.context.namespace?.resourceVersion === namespace.resourceVersion;
    return isCurrent ? known : modelOf(session).judge(namespace);
  } catch (error) {
    if (isClusterError(error) && error.code === 'forbidden') return requireNamespace(session, name);
    throw error;
  }
}
