import type { PodPlugins } from '@/demo/server/admission';
import type { Store } from '@/demo/server/store';
import { applyLimitRanges, checkLimitRanges } from './limit-range';
import { checkPodSecurity, warnOfPodSecurity } from './pod-security';
import { checkResourceQuotas } from './resource-quota';

/** Admission plug-ins for pods, in the API server's order. */
export function createPodPlugins(store: Store): PodPlugins {
  return {
    mutate: (pod) => applyLimitRanges(store, pod),
    validate: (pod) => {
      checkLimitRanges(store, pod);
      checkPodSecurity(store, pod);
      checkResourceQuotas(store, pod);
    },
    warn: (object, podSpec) => warnOfPodSecurity(store, object, podSpec),
  };
}
