import type { Dashboard } from './dashboard';

/** Every page and tab, by a name fit for a file. */
export function listPages({ cluster }: Pick<Dashboard, 'cluster'>): readonly (readonly [name: string, path: string])[] {
  const pod = cluster.store
    .list('pods', 'bookinfo')
    .map(({ metadata }) => metadata.name ?? '')
    .find((name) => name.startsWith('productpage'));
  const podPath = `/namespaces/bookinfo/pods/${pod}`;
  return [
    ['overview', '/'],
    ['namespaces', '/namespaces'],
    ['namespace', '/namespaces/bookinfo'],
    ['workload', '/namespaces/bookinfo/workloads/Deployment/reviews-v1'],
    ['workload-preview', '/namespaces/mission/workloads/Deployment/nginx-deployment?tab=preview&action=enable'],
    ['pod-why', `${podPath}?tab=why`],
    ['pod-before-after', `${podPath}?tab=before-after`],
    ['pod-ports', `${podPath}?tab=ports`],
    ['pod-capture', `${podPath}?tab=capture`],
    ['pod-processes', `${podPath}?tab=processes`],
    ['pod-events-logs', `${podPath}?tab=events-logs`],
    ['graph', '/graph?namespaces=bookinfo'],
    ['problems', '/problems'],
    ['control-planes', '/control-planes'],
    ['inject', '/inject'],
    ['settings', '/settings'],
  ];
}
