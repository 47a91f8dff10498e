import { INJECTION_LABEL, NAMESPACE_NAME_LABEL } from '@/lib/core/kube/names';
import type { LabelSelector, StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { isSelected } from './match-webhooks';
import { type InjectorWebhook, type InjectorWebhookConfiguration, isDeactivated } from './parse-webhook-configurations';
import { listOf, say } from './say';

/** What one webhook configuration does with a pod, and the label that settled it. */
export interface WebhookExplanation {
  readonly configuration: string;
  readonly revision: string;
  readonly isInjecting: boolean;
  readonly because: Phrase;
}

/**
 * Explains per webhook configuration whether it picks a pod, as `istioctl experimental check-inject` does.
 *
 * Input: the labels of the namespace and of the pod; configurations in any order.
 * Output: one row per configuration, by name. Only labels are looked at: annotations, host network and the injector's own policy are not.
 * Never throws. Source: Istio, istioctl/pkg/checkinject, analyzeRunningPod and analyzeWebhooksMatchStatus.
 */
export function explainWebhooks(
  namespaceLabels: StringMap,
  podLabels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly WebhookExplanation[] {
  return [...configurations]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((configuration) => ({
      configuration: configuration.name,
      revision: configuration.revision,
      ...explainConfiguration(namespaceLabels, podLabels, configuration),
    }));
}

/** The hazard of the whole list: no injector at all, or more than one that acts; undefined when exactly one or none acts. */
export function explainHazard(rows: readonly WebhookExplanation[]): Phrase | undefined {
  if (rows.length === 0) return say('check.no-hooks');
  const injecting = rows.filter((row) => row.isInjecting).map((row) => row.configuration);
  return injecting.length > 1 ? say('check.many-hooks', { configurations: listOf(injecting) }) : undefined;
}

type Explained = Pick<WebhookExplanation, 'isInjecting' | 'because'>;

function explainConfiguration(
  namespaceLabels: StringMap,
  podLabels: StringMap,
  configuration: InjectorWebhookConfiguration,
): Explained {
  for (const webhook of configuration.webhooks) {
    const settled = explainEntry(namespaceLabels, podLabels, webhook);
    if (settled !== undefined) return settled;
  }
  if (configuration.webhooks.some(isDeactivated)) return { isInjecting: false, because: say('check.deactivated') };
  const listed = (side: 'namespaceSelector' | 'objectSelector') =>
    listOf(configuration.webhooks.flatMap((webhook) => wantedLabels(webhook[side])));
  return {
    isInjecting: false,
    because: say('check.no-match', {
      namespaceLabels: listed('namespaceSelector'),
      podLabels: listed('objectSelector'),
    }),
  };
}

function explainEntry(
  namespaceLabels: StringMap,
  podLabels: StringMap,
  { namespaceSelector, objectSelector }: InjectorWebhook,
): Explained | undefined {
  const isNamespacePicked = isSelected(namespaceSelector, namespaceLabels);
  const isPodPicked = isSelected(objectSelector, podLabels);
  if (isNamespacePicked && isPodPicked) {
    const because = explainMatch(
      findMatchedLabel(namespaceSelector, namespaceLabels),
      findMatchedLabel(objectSelector, podLabels),
    );
    return because && { isInjecting: true, because };
  }
  if (isNamespacePicked) {
    const label = findPreventingLabel(objectSelector, podLabels);
    return label === undefined ? undefined : { isInjecting: false, because: say('check.pod-prevents', { label }) };
  }
  const value = namespaceLabels[INJECTION_LABEL];
  if (isPodPicked && value !== undefined && value !== 'enabled') {
    const label = `${INJECTION_LABEL}=${value}`;
    return { isInjecting: false, because: say('check.namespace-prevents', { label }) };
  }
  return undefined;
}

function explainMatch(namespaceLabel: string | undefined, podLabel: string | undefined): Phrase | undefined {
  const isForAll = namespaceLabel?.startsWith(`${NAMESPACE_NAME_LABEL}=`) === true;
  if (namespaceLabel !== undefined && podLabel !== undefined) {
    return say(isForAll ? 'check.all-namespaces-and-pod' : 'check.namespace-and-pod', { namespaceLabel, podLabel });
  }
  if (namespaceLabel !== undefined) {
    return say(isForAll ? 'check.all-namespaces' : 'check.namespace', { label: namespaceLabel });
  }
  return podLabel === undefined ? undefined : say('check.pod', { label: podLabel });
}

/** The first label that an In or NotIn expression of a matching selector reads, as `key=value`. */
export function findMatchedLabel(selector: LabelSelector | undefined, labels: StringMap): string | undefined {
  for (const { key, operator } of selector?.matchExpressions ?? []) {
    const value = labels[key];
    if ((operator === 'In' || operator === 'NotIn') && value !== undefined) return `${key}=${value}`;
  }
  return undefined;
}

/** The first label of a pod that makes a selector refuse it outright, as `key=value`. */
export function findPreventingLabel(selector: LabelSelector | undefined, labels: StringMap): string | undefined {
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? []) {
    const value = labels[key];
    if (value === undefined) continue;
    if (operator === 'DoesNotExist' || (operator === 'NotIn' && values.includes(value))) return `${key}=${value}`;
  }
  return undefined;
}

function wantedLabels(selector: LabelSelector | undefined): readonly string[] {
  return (selector?.matchExpressions ?? [])
    .filter(({ operator }) => operator === 'In')
    .flatMap(({ key, values = [] }) => values.map((value) => `${key}=${value}`));
}
