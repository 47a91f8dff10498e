import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { LabelSelector, StringMap } from '@/lib/core/kube/object-types';
import { judgeConditions, type PodSubject } from './judge-conditions';
import type { InjectorWebhook, InjectorWebhookConfiguration } from './parse-webhook-configurations';

/** An entry that the API server would call. */
export interface WebhookMatch {
  readonly configuration: InjectorWebhookConfiguration;
  readonly webhook: InjectorWebhook;
  /** One of its matchConditions asks for what cannot be told here, so the match is not certain. */
  readonly isUncertain: boolean;
  /** A condition has no value for this pod, in the API server's words: with `failurePolicy: Fail` the pod is refused. */
  readonly fault?: string;
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
  return matchPod({ labels: podLabels }, matchNamespace(namespaceLabels, configurations));
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
      matches.push({ configuration, webhook, isUncertain: false });
    }
  }
  return matches;
}

/** The second half of `matchWebhooks`: of the entries that pick the namespace, those that pick the pod and whose conditions hold. */
export function matchPod(pod: PodSubject, candidates: readonly WebhookMatch[]): readonly WebhookMatch[] {
  const selected = candidates.filter(({ webhook }) => isSelected(webhook.objectSelector, pod.labels));
  if (selected.every(({ webhook }) => webhook.matchConditions.length === 0)) return selected;
  return selected.flatMap((candidate) => applyConditions(candidate, pod));
}

function applyConditions(candidate: WebhookMatch, pod: PodSubject): readonly WebhookMatch[] {
  const outcome = judgeConditions(candidate.webhook.matchConditions, pod);
  switch (outcome.kind) {
    case 'hold':
      return [candidate];
    case 'fail':
      return [];
    case 'unknown':
      return [{ ...candidate, isUncertain: true }];
    case 'fault':
      // Source: apiserver, matchconditions.Match: an entry that may be skipped is.
      return candidate.webhook.failurePolicy === 'Ignore' ? [] : [{ ...candidate, fault: outcome.message }];
  }
}

/** Whether a webhook's selector picks an object; an absent selector picks everything. */
export function isSelected(selector: LabelSelector | undefined, labels: StringMap): boolean {
  return selector === undefined || matchesLabelSelector(selector, labels);
}

/** The names by which a verdict refers to the webhook that serves a pod. */
export function toServingWebhook({ configuration, webhook }: WebhookMatch): ServingWebhook {
  return {
    configuration: configuration.name,
    webhook: webhook.name,
    revision: configuration.revision,
    ...(configuration.tag !== undefined && { tag: configuration.tag }),
  };
}
