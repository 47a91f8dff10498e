import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';

export interface ClusterFlags {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

/** Opens the cluster that the flags name, else that of the environment, else the current context of ~/.kube/config. */
export function openSession({ kubeconfig, context }: ClusterFlags): ClusterSession {
  const path = kubeconfig ?? process.env.SIDELIGHT_KUBECONFIG ?? process.env.KUBECONFIG;
  const read = readKubeconfig({
    ...(path === undefined ? {} : { kubeconfigPath: path }),
    ...(context === undefined ? {} : { context }),
  });
  return new ClusterSession(read.connect());
}
