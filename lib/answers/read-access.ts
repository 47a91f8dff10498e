import 'server-only';
import type { Access } from '@/lib/api/answer-parts';
import type { AccessAnswer } from '@/lib/api/namespace';
import { describeRight, type Right } from '@/lib/cluster/access';
import type { ClusterSession } from '@/lib/cluster/session';
import { ROLLOUT_RESOURCES, type RolloutKind } from '@/lib/core/kube/rollout-kinds';

/** One right as the API server answers it; a review that fails is told, not taken for a no without a reason. */
export async function readRight(session: ClusterSession, right: Right): Promise<Access> {
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
  const restart = (kind: RolloutKind) =>
    readRight(session, { verb: 'patch', group: 'apps', resource: ROLLOUT_RESOURCES[kind], namespace });
  const [patchNamespace, Deployment, StatefulSet, DaemonSet] = await Promise.all([
    readNamespaceAccess(session, namespace),
    restart('Deployment'),
    restart('StatefulSet'),
    restart('DaemonSet'),
  ]);
  return { isReadOnly: session.isReadOnly, patchNamespace, restart: { Deployment, StatefulSet, DaemonSet } };
}
