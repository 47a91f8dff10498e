import 'server-only';
import type { ClustersAnswer } from '@/lib/api/clusters';
import { currentSettings } from '@/lib/cluster/cluster-settings';
import { currentKubeconfig } from '@/lib/cluster/current-sessions';

/** The contexts that one can switch to; nothing is opened for this. */
export function buildClustersAnswer(contextName: string | undefined): ClustersAnswer {
  const { contexts, currentContext } = currentKubeconfig();
  return {
    current: contextName ?? currentContext,
    isReadOnly: currentSettings().readOnly ?? false,
    contexts: contexts.map(({ name, cluster, user, namespace }) => ({ name, cluster, user, namespace })),
  };
}
