import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { createTransport } from '@/lib/cluster/transport';

/** Writes labels as `kubectl label` does: a merge patch sent to the API server, past the dashboard. */
export function createLabelWriter(kubeconfigPath: string) {
  const transport = createTransport(readKubeconfig({ kubeconfigPath }).connect());
  return {
    label: (namespace: string, labels: Readonly<Record<string, string | null>>) =>
      transport.requestJson({
        method: 'PATCH',
        path: `/api/v1/namespaces/${namespace}`,
        query: { fieldManager: 'kubectl-label' },
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels } },
      }),
    close: () => transport.close(),
  };
}
