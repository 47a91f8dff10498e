import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import { matchWebhooks, type ServingWebhook, toServingWebhook } from './match-webhooks';
import type { InjectorWebhookConfiguration } from './parse-webhook-configurations';
import { listServedValues } from './resolve-namespace-mode';

/** One way to switch a namespace on, and who answers then. */
export interface EnableTarget {
  /** What the action sends: undefined for `istio-injection=enabled`, else the value of `istio.io/rev`. */
  readonly revision?: string;
  readonly key: string;
  readonly value: string;
  readonly servedBy: ServingWebhook;
}

/**
 * Lists what a namespace can be switched to.
 *
 * Input: the live webhook configurations.
 * Output: `istio-injection=enabled` first where an active webhook takes it, then every value of `istio.io/rev` that one takes, by name;
 * a tag carries the revision that it points at. Empty when no injector is there.
 * Never throws and assumes nothing: a label is offered when the webhooks pick an ordinary pod of a namespace that has it alone.
 */
export function listEnableTargets(configurations: readonly InjectorWebhookConfiguration[]): readonly EnableTarget[] {
  return [INJECTION_LABEL, REVISION_LABEL].flatMap((key) =>
    listServedValues(key, configurations).flatMap((value) => {
      const [match] = matchWebhooks({ [key]: value }, {}, configurations);
      if (match === undefined || (key === INJECTION_LABEL && value !== 'enabled')) return [];
      return [
        {
          ...(key === REVISION_LABEL && { revision: value }),
          key,
          value,
          servedBy: toServingWebhook(match),
        },
      ];
    }),
  );
}
