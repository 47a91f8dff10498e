import type { NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { applyLimitRanges, checkLimitRanges } from './limit-range';
import { checkPodSecurity } from './pod-security';
import { checkResourceQuotas } from './resource-quota';

/** Admission plug-ins for new pods, in the API server's order: what they fill in before webhooks, what they refuse after. */
export interface PodPlugins {
  mutate(pod: NewObject): void;
  validate(pod: NewObject): void;
}

export function createPodPlugins(store: Store): PodPlugins {
  return {
    mutate: (pod) => applyLimitRanges(store, pod),
    validate: (pod) => {
      checkLimitRanges(store, pod);
      checkPodSecurity(store, pod);
      checkResourceQuotas(store, pod);
    },
  };
}
