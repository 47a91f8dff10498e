import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { LabelSelector, StringMap } from '@/lib/core/kube/object-types';
import type { InjectorWebhook, InjectorWebhookConfiguration } from './parse-webhook-configurations';

/** An entry that the API server would call. */
export interface WebhookMatch {
  readonly configuration: InjectorWebhookConfiguration;
  readonly webhook: InjectorWebhook;
  /** Its matchConditions hold an expression that is not evaluated here, so the match is not certain. */
  readonly isUncertain: boolean;
}

/** Who injects, in plain names. */
export interface ServingWebhook {
  readonly configuration: string;
  readonly webhook: string;
  readonly revision: string;
  readonly tag?: string;
}

/**
 * Lists the entries that the API server would call for a pod, in the order of the calls.
 *
 * Input: the labels of the namespace and of the pod, configurations as `parseWebhookConfigurations` orders them.
 * Output: one match per entry; empty when nobody hears of the pod.
 * Never throws. Source: Kubernetes, apiserver/pkg/admission/plugin/webhook/generic, ShouldCallHook.
 */
export function matchWebhooks(
  namespaceLabels: StringMap,
  podLabels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly WebhookMatch[] {
  return matchPod(podLabels, matchNamespace(namespaceLabels, configurations));
}

/** The first half of `matchWebhooks`, for a whole namespace: the entries whose namespaceSelector picks it. */
export function matchNamespace(
  namespaceLabels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly WebhookMatch[] {
  const matches: WebhookMatch[] = [];
  for (const configuration of configurations) {
    for (const webhook of configuration.webhooks) {
      if (!webhook.isForPods || !isSelected(webhook.namespaceSelector, namespaceLabels)) continue;
      const conditions = judgeConditions(webhook);
      if (conditions !== 'never') matches.push({ configuration, webhook, isUncertain: conditions === 'unknown' });
    }
  }
  return matches;
}

/** The second half of `matchWebhooks`: of the entries that pick the namespace, those that pick the pod. */
export function matchPod(podLabels: StringMap, candidates: readonly WebhookMatch[]): readonly WebhookMatch[] {
  return candidates.filter(({ webhook }) => isSelected(webhook.objectSelector, podLabels));
}

/** Whether a webhook's selector picks an object; an absent selector picks everything. */
export function isSelected(selector: LabelSelector | undefined, labels: StringMap): boolean {
  return selector === undefined || matchesLabelSelector(selector, labels);
}

export function toServingWebhook({ configuration, webhook }: WebhookMatch): ServingWebhook {
  return {
    configuration: configuration.name,
    webhook: webhook.name,
    revision: configuration.revision,
    ...(configuration.tag !== undefined && { tag: configuration.tag }),
  };
}

function judgeConditions(webhook: InjectorWebhook): 'always' | 'never' | 'unknown' {
  const expressions = webhook.matchConditions.map((condition) => condition.expression.trim());
  if (expressions.includes('false')) return 'never';
  return expressions.every((expression) => expression === 'true') ? 'always' : 'unknown';
}
