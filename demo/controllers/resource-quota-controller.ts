import { recordAt } from '@/demo/server/json-access';
import type { Controller, ControllerContext } from './controller';
import { keyOf, refOf } from './object-keys';
import { quotaUsage } from './resource-quota';

/** Keeps the usage that a ResourceQuota shows. */
export function createQuotaController({ store }: ControllerContext): Controller {
  const all = (namespace?: string) => store.list('resourcequotas', namespace).map((quota) => keyOf(quota.metadata));
  return {
    name: 'resourcequota-controller',
    initialKeys: () => all(),
    keysOf: ({ row, type, key, object }) => {
      if (row.kind === 'ResourceQuota') return type === 'DELETED' ? [] : [key];
      return row.kind === 'Pod' ? all(object.metadata.namespace) : [];
    },
    reconcile: (key) => {
      const quota = store.get('resourcequotas', refOf(key));
      if (quota === undefined) return;
      const status = { hard: recordAt(quota, 'spec', 'hard'), used: quotaUsage(store, quota) };
      store.updateStatus('resourcequotas', { ...quota, status }, { manager: 'kube-controller-manager' });
    },
  };
}
