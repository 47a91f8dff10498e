import { INJECT_KEY, REVISION_LABEL } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { type AdmittedPod, decideInjection, explainDecision, type InjectionDecision } from './decide-injection';
import { findMatchedLabel, findPreventingLabel } from './explain-webhooks';
import { foreseeRefusals } from './foresee-refusals';
import { judgeConditions } from './judge-conditions';
import {
  isSelected,
  matchPod,
  matchWebhooks,
  type ServingWebhook,
  toServingWebhook,
  type WebhookMatch,
} from './match-webhooks';
import { type NamespaceContext, policyOf } from './namespace-context';
import type { InjectorWebhookConfiguration } from './parse-webhook-configurations';
import { listSwitches, withNameLabel } from './resolve-namespace-mode';
import { listOf, say } from './say';

/** The part of a pod, or of a workload's template, that decides about injection. */
export interface PodShape {
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly hostNetwork: boolean;
  readonly serviceAccount?: string;
  /** The whole pod, where it was read: match conditions may ask for any part of it. */
  readonly object?: unknown;
}

/** Which rule settled an answer: `namespace` where nobody is called because of the namespace, `pod-label` because of the pod. */
export type AnswerRule =
  | 'namespace'
  | 'pod-label'
  | 'namespace-blocks'
  | 'unknown-revision'
  /** A match condition cannot be told, is false, or has no value. */
  | 'conditions'
  | 'condition-false'
  | 'condition-fault'
  | 'unreadable'
  | InjectionDecision['because'];

/** Whether a pod that is created now gets a sidecar. */
export interface InjectionAnswer {
  readonly kind: 'yes' | 'no' | 'unknown';
  readonly rule: AnswerRule;
  readonly because: Phrase;
  readonly servedBy?: ServingWebhook;
  /** Every entry that is called, in order; more than one configuration is a hazard. */
  readonly matches: readonly WebhookMatch[];
  readonly decision?: InjectionDecision;
  /** The injector would refuse the pod that it is to inject, for each of these reasons; absent where it would not, as far as its settings tell. */
  readonly refused?: readonly Phrase[];
  readonly notes: readonly Phrase[];
}

/**
 * Answers whether a pod of this shape would get a sidecar if it were created now, by whom, and what settled it.
 *
 * Input: the pod's or the template's labels and annotations; the context of its namespace.
 * Output: `unknown` only where something that decides cannot be read.
 * Never throws.
 */
export function answerInjection(pod: PodShape, context: NamespaceContext): InjectionAnswer {
  const admitted = { namespace: context.name, ...pickShape(pod) };
  const isReadable = context.labels !== undefined && context.facts.configurations !== undefined;
  if (!isReadable) {
    // Two rules of the injector need neither labels nor webhooks.
    const decision = decideInjection(admitted);
    const isCertain = decision.because === 'host-network' || decision.because === 'system-namespace';
    if (isCertain)
      return {
        kind: 'no',
        rule: decision.because,
        because: explainDecision(decision, admitted, policyOf(context.facts, '')),
        matches: [],
        notes: [],
      };
    return { kind: 'unknown', rule: 'unreadable', because: context.mode.because, matches: [], notes: [] };
  }
  const matches = matchPod({ ...pod, namespace: context.name }, context.candidates);
  const match = matches.find((candidate) => !candidate.isUncertain) ?? matches[0];
  if (match === undefined) return explainSilence(pod, context);

  const servedBy = toServingWebhook(match);
  if (match.fault !== undefined) {
    const because = say('pod.condition-fault', { webhook: servedBy.webhook, detail: match.fault });
    return { kind: 'no', rule: 'condition-fault', because, servedBy, matches, notes: [] };
  }
  const policy = policyOf(context.facts, servedBy.revision);
  const decision = decideInjection(admitted, policy);
  const because = explainDecision(decision, admitted, policy);
  const shared = { servedBy, matches, decision, notes: noteHazards(pod, matches, decision) };
  if (!decision.inject) return { kind: 'no', rule: decision.because, because, ...shared };
  if (match.isUncertain) {
    return {
      kind: 'unknown',
      rule: 'conditions',
      because: say('pod.conditions-unknown', { webhook: servedBy.webhook }),
      ...shared,
    };
  }
  const refused = foreseeRefusals(pod.annotations, context.facts.injectors.get(servedBy.revision));
  return { kind: 'yes', rule: decision.because, because, ...shared, ...(refused.length === 0 ? {} : { refused }) };
}

/** The revisions whose sidecar a pod of this answer may carry: with several configurations, any of them. */
export function servingRevisions(answer: InjectionAnswer): ReadonlySet<string> {
  return new Set(answer.matches.map(({ configuration }) => configuration.revision));
}

function pickShape({ labels, annotations, hostNetwork }: PodShape): Omit<AdmittedPod, 'namespace'> {
  return { labels, annotations, hostNetwork };
}

function noteHazards(pod: PodShape, matches: readonly WebhookMatch[], decision: InjectionDecision): readonly Phrase[] {
  const notes: Phrase[] = [];
  const names = new Set(matches.map(({ configuration }) => configuration.name));
  if (names.size > 1) notes.push(say('note.two-configurations', { configurations: listOf(names) }));
  if (decision.ignoredSwitch !== undefined) {
    notes.push(say('note.odd-switch', { key: INJECT_KEY, value: decision.ignoredSwitch }));
  }
  const asked = pod.labels[REVISION_LABEL];
  const [first] = matches;
  if (
    asked !== undefined &&
    first !== undefined &&
    // Sidecar templates up to 1.10 and gateway templates up to 1.17 label the pod with the revision that injects it.
    toServingWebhook(first).revision !== asked &&
    findMatchedLabel(first.webhook.objectSelector, pod.labels) !== `${REVISION_LABEL}=${asked}`
  ) {
    notes.push(say('note.pod-revision-ignored', { label: `${REVISION_LABEL}=${asked}` }));
  }
  return notes;
}

/** The namespace is served, by an injector that injects only what asks. */
const POLICY_OFF = 'injection.mode.policy-off';

/** Why no webhook is called for a pod. */
function explainSilence(pod: PodShape, context: NamespaceContext): InjectionAnswer {
  const no = (rule: AnswerRule, because: Phrase): InjectionAnswer => ({
    kind: 'no',
    rule,
    because,
    matches: [],
    notes: noteAnnotation(pod),
  });
  const conditioned = context.candidates.find(({ webhook }) => isSelected(webhook.objectSelector, pod.labels));
  if (conditioned !== undefined) {
    const outcome = judgeConditions(conditioned.webhook.matchConditions, { ...pod, namespace: context.name });
    const name = outcome.kind === 'hold' ? '' : outcome.name;
    return no('condition-false', say('pod.condition-false', { webhook: conditioned.webhook.name, name }));
  }
  if (context.mode.kind === 'sidecar' || context.mode.because.code === POLICY_OFF) {
    const label = context.candidates
      .map(({ webhook }) => findPreventingLabel(webhook.objectSelector, pod.labels))
      .find((found) => found !== undefined);
    return no('pod-label', label === undefined ? say('pod.not-selected') : say('pod.opted-out', { label }));
  }
  const configurations = context.facts.configurations ?? [];
  const asking = explainRequest(pod, context, configurations);
  return asking === undefined ? no('namespace', context.mode.because) : no(asking.rule, asking.because);
}

/** A pod that asks for a sidecar by its own labels, in vain. */
function explainRequest(
  pod: PodShape,
  context: NamespaceContext,
  configurations: readonly InjectorWebhookConfiguration[],
): { readonly rule: AnswerRule; readonly because: Phrase } | undefined {
  const switches = listSwitches(context.labels ?? {}, configurations);
  const [inUnlabelled] = matchWebhooks(withNameLabel(context.name, {}), pod.labels, configurations);
  const asked = inUnlabelled && findMatchedLabel(inUnlabelled.webhook.objectSelector, pod.labels);
  if (switches.length > 0 && asked !== undefined) {
    const because = say('pod.namespace-blocks', { namespaceLabel: context.mode.label, podLabel: asked });
    return { rule: 'namespace-blocks', because };
  }
  const revision = pod.labels[REVISION_LABEL];
  if (switches.length > 0 || revision === undefined || pod.labels[INJECT_KEY] === 'false') return undefined;
  const known = listOf(listPodRevisions(configurations)) || '–';
  return { rule: 'unknown-revision', because: say('pod.unknown-revision', { revision, known }) };
}

function listPodRevisions(configurations: readonly InjectorWebhookConfiguration[]): readonly string[] {
  const values = configurations
    .filter(({ isDeactivated }) => !isDeactivated)
    .flatMap(({ webhooks }) => webhooks)
    .flatMap(({ objectSelector }) => objectSelector?.matchExpressions ?? [])
    .filter(({ key, operator }) => key === REVISION_LABEL && operator === 'In')
    .flatMap((expression) => expression.values ?? []);
  return [...new Set(values)].sort();
}

function noteAnnotation(pod: PodShape): readonly Phrase[] {
  const isAnnotated = pod.annotations[INJECT_KEY] === 'true' && pod.labels[INJECT_KEY] === undefined;
  return isAnnotated ? [say('note.annotation-needs-label')] : [];
}
