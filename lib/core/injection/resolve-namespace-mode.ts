import {
  DATAPLANE_MODE_LABEL,
  INJECTION_LABEL,
  NAMESPACE_NAME_LABEL,
  REVISION_LABEL,
  SYSTEM_NAMESPACES,
} from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { findMatchedLabel } from './explain-webhooks';
import {
  isSelected,
  matchNamespace,
  matchPod,
  type ServingWebhook,
  toServingWebhook,
  type WebhookMatch,
} from './match-webhooks';
import type { InjectorWebhookConfiguration } from './parse-webhook-configurations';
import { listOf, say } from './say';

export type NamespaceModeKind = 'sidecar' | 'off' | 'ambient' | 'unknown';

/** What becomes of an ordinary pod (no labels of its own) that is created in a namespace now. */
export interface NamespaceMode {
  readonly kind: NamespaceModeKind;
  readonly because: Phrase;
  /** The label that decides, as `key=value`; empty when none does. */
  readonly label: string;
  readonly servedBy: ServingWebhook | null;
  readonly notes: readonly Phrase[];
}

export interface NamespaceLabels {
  readonly name: string;
  /** Undefined when the namespace itself may not be read. */
  readonly labels: StringMap | undefined;
}

/**
 * Says what a namespace's labels mean to the webhooks of this cluster.
 *
 * Input: the namespace; configurations, or undefined when they may not be read.
 * Output: the mode of an ordinary pod, who serves it, the label that decides, and what a person should know beside it.
 * Never throws and knows no label by heart: it asks the webhooks' selectors, with and without each label.
 */
export function resolveNamespaceMode(
  { name, labels }: NamespaceLabels,
  configurations: readonly InjectorWebhookConfiguration[] | undefined,
): NamespaceMode {
  if (labels === undefined) return unknownMode(say('mode.labels-unreadable', { namespace: name }));
  if (configurations === undefined) return unknownMode(say('mode.webhooks-unreadable'));
  const known = withNameLabel(name, labels);
  const [match, ...others] = matchOrdinary(name, known, configurations);
  if (match !== undefined && !SYSTEM_NAMESPACES.has(name)) {
    return servedMode(known, match, others, configurations);
  }
  const isAmbient = labels[DATAPLANE_MODE_LABEL] === 'ambient';
  const off = explainOff(name, known, configurations, match !== undefined);
  if (!isAmbient) return { kind: 'off', servedBy: null, ...off };
  const label = `${DATAPLANE_MODE_LABEL}=ambient`;
  return { kind: 'ambient', because: say('mode.ambient', { label }), label, servedBy: null, notes: off.notes };
}

/** The labels that every API server since 1.21 gives a namespace, also where a fixture leaves them out. */
export function withNameLabel(name: string, labels: StringMap): StringMap {
  return labels[NAMESPACE_NAME_LABEL] === undefined ? { ...labels, [NAMESPACE_NAME_LABEL]: name } : labels;
}

/** The labels of a namespace that any injector's namespaceSelector reads, in the selectors' order, as `key=value`. */
export function listSwitches(
  labels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly { readonly key: string; readonly label: string }[] {
  const keys = new Set([INJECTION_LABEL, REVISION_LABEL]);
  for (const { webhooks } of configurations) {
    for (const { namespaceSelector } of webhooks) {
      for (const { key } of namespaceSelector?.matchExpressions ?? []) keys.add(key);
      for (const key of Object.keys(namespaceSelector?.matchLabels ?? {})) keys.add(key);
    }
  }
  keys.delete(NAMESPACE_NAME_LABEL);
  return [...keys].flatMap((key) => (labels[key] === undefined ? [] : [{ key, label: `${key}=${labels[key]}` }]));
}

/** The values of a label that open a webhook here, e.g. the revisions and tags that `istio.io/rev` may name. */
export function listServedValues(
  key: string,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly string[] {
  const values = new Set<string>();
  for (const { webhooks, isDeactivated } of configurations) {
    if (isDeactivated) continue;
    for (const { namespaceSelector } of webhooks) {
      const expressions = namespaceSelector?.matchExpressions ?? [];
      const named = expressions.find((expression) => expression.key === key && expression.operator === 'In');
      for (const value of named?.values ?? []) values.add(value);
      const single = namespaceSelector?.matchLabels?.[key];
      if (single !== undefined) values.add(single);
    }
  }
  return [...values].sort();
}

function unknownMode(because: Phrase): NamespaceMode {
  return { kind: 'unknown', because, label: '', servedBy: null, notes: [] };
}

function matchOrdinary(
  namespace: string,
  labels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly WebhookMatch[] {
  return matchPod({ labels: {}, namespace }, matchNamespace(labels, configurations));
}

function servedMode(
  labels: StringMap,
  match: WebhookMatch,
  others: readonly WebhookMatch[],
  configurations: readonly InjectorWebhookConfiguration[],
): NamespaceMode {
  const servedBy = toServingWebhook(match);
  const matched = findMatchedLabel(match.webhook.namespaceSelector, labels) ?? findMatchLabel(match, labels) ?? '';
  const isForAll = matched === '' || matched.startsWith(`${NAMESPACE_NAME_LABEL}=`);
  const label = isForAll ? '' : matched;
  return {
    kind: 'sidecar',
    because: sayServed(servedBy, label),
    label,
    servedBy,
    notes: [
      ...noteIgnoredSwitches(labels, label, configurations),
      ...noteRivals(match, others),
      ...(labels[DATAPLANE_MODE_LABEL] === 'ambient' ? [say('note.ambient-and-sidecar')] : []),
      ...(match.isUncertain ? [say('note.match-conditions', { webhook: servedBy.webhook })] : []),
    ],
  };
}

function sayServed({ revision, tag, configuration }: ServingWebhook, label: string): Phrase {
  if (label === '') return say('mode.by-default', { configuration, revision });
  return tag === undefined || tag === revision
    ? say('mode.served', { label, revision })
    : say('mode.served-by-tag', { label, tag, revision });
}

function findMatchLabel({ webhook }: WebhookMatch, labels: StringMap): string | undefined {
  const [key] = Object.keys(webhook.namespaceSelector?.matchLabels ?? {});
  return key === undefined ? undefined : `${key}=${labels[key] ?? ''}`;
}

/** A label that could be taken away without changing who serves, while another one decides. */
function noteIgnoredSwitches(
  labels: StringMap,
  winner: string,
  configurations: readonly InjectorWebhookConfiguration[],
): readonly Phrase[] {
  if (winner === '') return [];
  const entriesOf = (given: StringMap) =>
    matchNamespace(given, configurations)
      .map(({ configuration, webhook }) => `${configuration.name} ${webhook.name}`)
      .join();
  const entries = entriesOf(labels);
  return listSwitches(labels, configurations)
    .filter(({ key, label }) => label !== winner && entriesOf(without(labels, key)) === entries)
    .map(({ label }) => say('note.conflict', { winner, ignored: label }));
}

function noteRivals(match: WebhookMatch, others: readonly WebhookMatch[]): readonly Phrase[] {
  const names = new Set([match, ...others].map(({ configuration }) => configuration.name));
  return names.size > 1 ? [say('note.two-configurations', { configurations: listOf(names) })] : [];
}

type Off = Pick<NamespaceMode, 'because' | 'label' | 'notes'>;

function explainOff(
  name: string,
  labels: StringMap,
  configurations: readonly InjectorWebhookConfiguration[],
  isMatched: boolean,
): Off {
  const switches = listSwitches(labels, configurations);
  const [first] = switches;
  const conditioned = matchNamespace(labels, configurations).find(({ webhook }) =>
    isSelected(webhook.objectSelector, {}),
  );
  if (!isMatched && conditioned !== undefined) {
    const { name: webhook } = conditioned.webhook;
    return { because: say('mode.conditions', { webhook }), label: first?.label ?? '', notes: [] };
  }
  if (configurations.length === 0) return { because: say('mode.no-injector'), label: first?.label ?? '', notes: [] };
  if (isMatched) {
    return { because: say('mode.system-namespace', { namespace: name }), label: first?.label ?? '', notes: [] };
  }
  if (first === undefined) return { because: say('mode.unlabelled'), label: '', notes: [] };

  // With several labels, the one that keeps the others from working is the one that decides.
  const blocker =
    switches.find(({ key }) => matchOrdinary(name, without(labels, key), configurations).length > 0) ?? first;
  const ignored = switches.filter(({ key }) => key !== blocker.key);
  return {
    because: sayUnserved(blocker.key, labels[blocker.key] ?? '', configurations),
    label: blocker.label,
    notes: ignored.map(({ label }) => say('note.conflict-off', { winner: blocker.label, ignored: label })),
  };
}

function sayUnserved(key: string, value: string, configurations: readonly InjectorWebhookConfiguration[]): Phrase {
  const label = `${key}=${value}`;
  const deactivated = configurations.find((configuration) => configuration.isDeactivated);
  const served = listServedValues(key, configurations);
  if (key === INJECTION_LABEL && value === 'disabled') return say('mode.disabled', { label });
  if (served.length === 0 && deactivated !== undefined) {
    return say('mode.deactivated', { label, configuration: deactivated.name });
  }
  if (key === REVISION_LABEL) return say('mode.unknown-revision', { revision: value, known: listOf(served) || '–' });
  return say('mode.odd-value', { label, known: listOf(served.map((known) => `${key}=${known}`)) || '–' });
}

function without(labels: StringMap, key: string): StringMap {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== key));
}
