import { isEmptyLabelSelector, matchesLabelSelector } from '@/lib/core/kube/label-selector';
import { INJECT_KEY, SYSTEM_NAMESPACES } from '@/lib/core/kube/names';
import type { LabelSelector, StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { say } from './say';

/** A pod as it reaches the injector. */
export interface AdmittedPod {
  readonly namespace: string;
  readonly hostNetwork: boolean;
  readonly labels: StringMap;
  readonly annotations: StringMap;
}

/** What the injector decides by, from its ConfigMap. */
export interface InjectorPolicy {
  /** `enabled` or `disabled`; every other text means never. */
  readonly policy: string;
  readonly neverInject: readonly LabelSelector[];
  readonly alwaysInject: readonly LabelSelector[];
  /** Releases up to 1.26 read more words than `true` and `false` in the switch, and take the rest as no. */
  readonly hasLooseSwitch?: boolean;
}

export type DecisionReason =
  | 'host-network'
  | 'system-namespace'
  | 'label'
  | 'annotation'
  | 'never-selector'
  | 'always-selector'
  | 'policy'
  | 'policy-illegal';

export interface InjectionDecision {
  readonly inject: boolean;
  readonly because: DecisionReason;
  /** Which selector decided, counted from 1. */
  readonly selectorNumber?: number;
  /** The switch has a word that the injector does not know and reads as absent. */
  readonly ignoredSwitch?: string;
}

/** What an injector has when nobody touched its settings; stands in where its ConfigMap cannot be read. */
export const DEFAULT_POLICY: InjectorPolicy = { policy: 'enabled', neverInject: [], alwaysInject: [] };

const LOOSE_YES: ReadonlySet<string> = new Set(['y', 'yes', 'true', 'on']);

/**
 * Decides, as the sidecar injector does, whether a pod that reached its webhook gets a sidecar.
 *
 * Input: the pod as admitted and the injector's policy; the caller has matched the webhook already.
 * Output: the decision and the first rule that settled it, in the injector's own order.
 * Never throws: an empty selector is skipped, an unknown policy means no.
 * Source: Istio, pkg/kube/inject/inject.go, injectRequired.
 */
export function decideInjection(pod: AdmittedPod, policy: InjectorPolicy = DEFAULT_POLICY): InjectionDecision {
  if (pod.hostNetwork) return { inject: false, because: 'host-network' };
  if (SYSTEM_NAMESPACES.has(pod.namespace)) return { inject: false, because: 'system-namespace' };

  const isLegal = policy.policy === 'enabled' || policy.policy === 'disabled';
  const settle = (inject: boolean, because: DecisionReason, more?: Partial<InjectionDecision>): InjectionDecision =>
    inject && !isLegal ? { inject: false, because: 'policy-illegal' } : { inject, because, ...more };

  // The label replaces the annotation even when it is empty, hence `??` and not `||`.
  const source = pod.labels[INJECT_KEY] === undefined ? 'annotation' : 'label';
  const word = pod.labels[INJECT_KEY] ?? pod.annotations[INJECT_KEY] ?? '';
  const asked = readSwitch(word, policy.hasLooseSwitch === true);
  if (asked !== undefined) return settle(asked, source);
  const odd = word === '' ? {} : { ignoredSwitch: word };

  const never = findSelector(policy.neverInject, pod.labels);
  if (never !== undefined) return settle(false, 'never-selector', { selectorNumber: never, ...odd });
  const always = findSelector(policy.alwaysInject, pod.labels);
  if (always !== undefined) return settle(true, 'always-selector', { selectorNumber: always, ...odd });
  if (!isLegal) return { inject: false, because: 'policy-illegal', ...odd };
  return { inject: policy.policy === 'enabled', because: 'policy', ...odd };
}

/** The rule that settled a decision, as a sentence with the values it saw. */
export function explainDecision(decision: InjectionDecision, pod: AdmittedPod, policy: InjectorPolicy): Phrase {
  const number = decision.selectorNumber ?? 0;
  switch (decision.because) {
    case 'host-network':
      return say('decision.host-network');
    case 'system-namespace':
      return say('decision.system-namespace', { namespace: pod.namespace });
    case 'label':
      return say(decision.inject ? 'decision.label-yes' : 'decision.label-no', {
        value: pod.labels[INJECT_KEY] ?? '',
      });
    case 'annotation':
      return say(decision.inject ? 'decision.annotation-yes' : 'decision.annotation-no', {
        value: pod.annotations[INJECT_KEY] ?? '',
      });
    case 'never-selector':
      return say('decision.never-selector', { number });
    case 'always-selector':
      return say('decision.always-selector', { number });
    case 'policy':
      return say(decision.inject ? 'decision.policy-enabled' : 'decision.policy-disabled');
    case 'policy-illegal':
      return say('decision.policy-illegal', { policy: policy.policy });
  }
}

function readSwitch(word: string, isLoose: boolean): boolean | undefined {
  if (isLoose) return word === '' ? undefined : LOOSE_YES.has(word.toLowerCase());
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}

function findSelector(selectors: readonly LabelSelector[], labels: StringMap): number | undefined {
  const index = selectors.findIndex(
    (selector) => !isEmptyLabelSelector(selector) && matchesLabelSelector(selector, labels),
  );
  return index < 0 ? undefined : index + 1;
}
