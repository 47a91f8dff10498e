import 'server-only';
import type { Access } from '@/lib/api/common';
import type { AccessAnswer } from '@/lib/api/namespace';
import { describeRight, type Right } from '@/lib/cluster/access';
import type { ClusterSession } from '@/lib/cluster/session';

const RESTARTABLE = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

/** One right as the API server answers it; a review that fails is told, not taken for a no without a reason. */
async function readRight(session: ClusterSession, right: Right): Promise<Access> {
  const description = describeRight(right);
  try {
    const { allowed, reason } = await session.access.canI(right);
    return { allowed, right: description, ...(reason === '' ? {} : { reason }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { allowed: false, right: description, reason };
  }
}

export function readNamespaceAccess(session: ClusterSession, namespace: string): Promise<Access> {
  return readRight(session, { verb: 'patch', group: '', resource: 'namespaces', namespace, name: namespace });
}

/** What the user may change in a namespace: its labels, and the workloads that can be restarted. */
export async function readAccess(session: ClusterSession, namespace: string): Promise<AccessAnswer> {
  const restart = (kind: keyof typeof RESTARTABLE) =>
    readRight(session, { verb: 'patch', group: 'apps', resource: RESTARTABLE[kind], namespace });
  const [patchNamespace, Deployment, StatefulSet, DaemonSet] = await Promise.all([
    readNamespaceAccess(session, namespace),
    restart('Deployment'),
    restart('StatefulSet'),
    restart('DaemonSet'),
  ]);
  return { isReadOnly: session.isReadOnly, patchNamespace, restart: { Deployment, StatefulSet, DaemonSet } };
}
