import { DATAPLANE_MODE_LABEL, INJECT_KEY, REVISION_LABEL, SYSTEM_NAMESPACES } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { EventRecord, PodRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { answerInjection, type InjectionAnswer, type PodShape } from './answer-injection';
import { classifyPod, type PodSurroundings, type PodVerdict } from './classify-pod';
import type { InjectionDecision } from './decide-injection';
import type { ControlPlane } from './list-control-planes';
import { type NamespaceContext, policyOf } from './namespace-context';
import { parseRefusal, type Refusal } from './parse-refusal';
import { listSwitches } from './resolve-namespace-mode';
import { listOf, say } from './say';

/** Gates in the order in which a pod meets them. */
const GATES = [
  'injector',
  'namespace',
  'pod',
  'conditions',
  'reach',
  'host-network',
  'system-namespace',
  'switch',
  'selectors',
  'policy',
  'template',
  'admission',
  'age',
] as const;
export type GateCode = (typeof GATES)[number];
export type GateOutcome = 'passed' | 'failed' | 'not-reached' | 'unknown';

/** One gate with the values that it saw. */
export interface Gate {
  readonly gate: GateCode;
  readonly title: Phrase;
  readonly outcome: GateOutcome;
  readonly seen: readonly Phrase[];
  /** The gate that settled the answer. */
  readonly isDeciding: boolean;
}

export interface PodExplanation {
  readonly verdict: PodVerdict;
  readonly gates: readonly Gate[];
}

export interface GateSources {
  /** Health of the control planes, where it is known. */
  readonly controlPlanes?: readonly ControlPlane[];
  /** Events of the pod and of what owns it. */
  readonly events?: readonly EventRecord[];
  /** Why the workload's next pod is not created, where one is lacking. */
  readonly refusal?: Refusal;
}

const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';
const NONE = '–';

/** Explains one pod: its verdict, and every gate that it met or would meet if it were created now. */
export function explainPod(
  pod: PodRecord,
  context: NamespaceContext,
  sources: GateSources & PodSurroundings = {},
): PodExplanation {
  const { template } = sources;
  const verdict = classifyPod(pod, context, template === undefined ? {} : { template });
  const age: Draft = { gate: 'age', ...passAge(pod, context, verdict) };
  return { verdict, gates: settle([...draftGates(pod, context, sources), age]) };
}

/** The gates of a pod that is not there yet, such as the next pod of a workload. */
export function explainShape(shape: PodShape, context: NamespaceContext, sources: GateSources = {}): readonly Gate[] {
  return settle(draftGates(shape, context, sources));
}

interface Passing {
  readonly outcome: GateOutcome;
  readonly seen: readonly Phrase[];
  /** A gate that opens for good, e.g. a label that says yes: later gates of its kind are not asked. */
  readonly settles?: boolean;
}
type Draft = Passing & { readonly gate: GateCode };

function draftGates(pod: PodShape, context: NamespaceContext, sources: GateSources): readonly Draft[] {
  const answer = answerInjection(pod, context);
  return [
    { gate: 'injector', ...passInjector(context) },
    { gate: 'namespace', ...passNamespace(context) },
    { gate: 'pod', ...passPod(pod, answer) },
    ...(answer.matches.some(({ webhook }) => webhook.matchConditions.length > 0)
      ? [{ gate: 'conditions' as const, ...passConditions(answer) }]
      : []),
    { gate: 'reach', ...passReach(answer, sources.controlPlanes) },
    {
      gate: 'host-network',
      outcome: pod.hostNetwork ? 'failed' : 'passed',
      seen: [say('seen.host-network', { value: String(pod.hostNetwork) })],
    },
    { gate: 'system-namespace', ...passSystemNamespace(context.name) },
    ...draftDecision(pod, context, answer),
    { gate: 'template', ...passTemplate(pod, context, answer) },
    { gate: 'admission', ...passAdmission(sources) },
  ];
}

/** A gate after one that closed is not reached; the first that closed decides, else the last one that opened the way for good. */
function settle(drafts: readonly Draft[]): readonly Gate[] {
  const closed = drafts.findIndex(({ outcome }) => outcome === 'failed');
  const opened = drafts.findLastIndex(({ settles }) => settles === true);
  const deciding = closed >= 0 ? closed : opened;
  return drafts.map(({ gate, outcome, seen }, index) => ({
    gate,
    title: say(`gate.${gate}`),
    outcome: closed >= 0 && index > closed && gate !== 'age' ? 'not-reached' : outcome,
    seen,
    isDeciding: index === deciding,
  }));
}

function passInjector({ facts }: NamespaceContext): Passing {
  if (facts.configurations === undefined) return { outcome: 'unknown', seen: [say('mode.webhooks-unreadable')] };
  const names = facts.configurations.map(({ name, isDeactivated }) => (isDeactivated ? `(${name})` : name));
  return {
    outcome: facts.configurations.some(({ isDeactivated }) => !isDeactivated) ? 'passed' : 'failed',
    seen: [say('seen.configurations', { names: listOf(names) || NONE })],
  };
}

function passNamespace(context: NamespaceContext): Passing {
  const { labels, facts, candidates, name } = context;
  if (labels === undefined) return { outcome: 'unknown', seen: [say('mode.labels-unreadable', { namespace: name })] };
  if (facts.configurations === undefined) return { outcome: 'unknown', seen: [] };
  const switches = listSwitches(labels, facts.configurations).map(({ label }) => label);
  return {
    outcome: candidates.length > 0 ? 'passed' : 'failed',
    seen: [
      say('seen.namespace-labels', { labels: listOf(switches) || NONE }),
      ...(candidates.length > 0 ? [] : [context.mode.because]),
    ],
    settles: candidates.length > 0,
  };
}

function passPod(pod: PodShape, answer: InjectionAnswer): Passing {
  const labels = listOf([INJECT_KEY, REVISION_LABEL, DATAPLANE_MODE_LABEL].flatMap((key) => describe(pod.labels, key)));
  const seen = [say('seen.pod-labels', { labels: labels || NONE })];
  if (answer.rule === 'unreadable') return { outcome: 'unknown', seen };
  const { servedBy } = answer;
  if (servedBy === undefined) return { outcome: 'failed', seen: [...seen, answer.because] };
  const { webhook, configuration } = servedBy;
  return { outcome: 'passed', seen: [...seen, say('seen.entry', { webhook, configuration })], settles: true };
}

function passConditions({ matches }: InjectionAnswer): Passing {
  const conditions = matches.flatMap(({ webhook }) => webhook.matchConditions);
  return {
    outcome: matches.some(({ isUncertain }) => !isUncertain) ? 'passed' : 'unknown',
    seen: conditions.map(({ name, expression }) => say('seen.condition', { name, expression })),
  };
}

function passReach(answer: InjectionAnswer, planes: readonly ControlPlane[] | undefined): Passing {
  const { servedBy } = answer;
  if (servedBy === undefined || planes === undefined) return { outcome: 'unknown', seen: [] };
  const plane = planes.find(({ revision }) => revision === servedBy.revision);
  const webhooks = plane?.webhookConfigurations.find(({ name }) => name === servedBy.configuration);
  if (webhooks === undefined) return { outcome: 'unknown', seen: [] };
  const policy = say('seen.failure-policy', { policy: webhooks.failurePolicy });
  if (webhooks.health === 'down') return { outcome: 'failed', seen: [webhooks.because, policy] };
  const isKnown = webhooks.health === 'serving' || webhooks.health === 'degraded';
  return { outcome: isKnown ? 'passed' : 'unknown', seen: [webhooks.because, policy] };
}

function passSystemNamespace(name: string): Passing {
  return {
    outcome: SYSTEM_NAMESPACES.has(name) ? 'failed' : 'passed',
    seen: [say('seen.namespace', { namespace: name })],
  };
}

function draftDecision(pod: PodShape, context: NamespaceContext, answer: InjectionAnswer): readonly Draft[] {
  const { decision, servedBy } = answer;
  const policy = policyOf(context.facts, servedBy?.revision ?? '');
  const isRead = servedBy !== undefined && context.facts.injectors.has(servedBy.revision);
  const byLabel = describe(pod.labels, INJECT_KEY).map((label) => say('seen.label-switch', { label }));
  const byAnnotation = describe(pod.annotations, INJECT_KEY).map((annotation) =>
    say('seen.annotation-switch', { annotation }),
  );
  const seen = [...byLabel, ...byAnnotation];
  const asked = decision?.because === 'label' || decision?.because === 'annotation';
  const isPicked = decision?.because === 'never-selector' || decision?.because === 'always-selector';
  const counts = say('seen.selectors', { never: policy.neverInject.length, always: policy.alwaysInject.length });
  const isPolicy = decision?.because === 'policy' || decision?.because === 'policy-illegal';
  return [
    { gate: 'switch', seen: seen.length > 0 ? seen : [say('seen.no-switch')], ...outcomeOf(decision, asked) },
    { gate: 'selectors', seen: isPicked ? [counts, answer.because] : [counts], ...outcomeOf(decision, isPicked) },
    {
      gate: 'policy',
      seen: [isRead ? say('seen.policy', { policy: policy.policy || NONE }) : say('seen.policy-assumed')],
      ...outcomeOf(decision, isPolicy),
    },
  ];
}

function outcomeOf(decision: InjectionDecision | undefined, isDeciding: boolean): Pick<Passing, 'outcome' | 'settles'> {
  if (decision === undefined) return { outcome: 'unknown' };
  if (!isDeciding) return { outcome: 'passed' };
  return decision.inject ? { outcome: 'passed', settles: true } : { outcome: 'failed' };
}

function passTemplate(pod: PodShape, context: NamespaceContext, { servedBy }: InjectionAnswer): Passing {
  const config = servedBy && context.facts.injectors.get(servedBy.revision);
  const names = listTemplateNames(pod.annotations) ?? config?.defaultTemplates;
  const seen = [say('seen.templates', { templates: listOf(names ?? []) || NONE })];
  if (config === undefined || names === undefined) return { outcome: 'unknown', seen };
  const unknown = names.filter((name) => !config.templateNames.includes(name));
  if (unknown.length === 0) return { outcome: 'passed', seen };
  return {
    outcome: 'failed',
    seen: [say('seen.unknown-template', { templates: listOf(unknown), known: listOf(config.templateNames) })],
  };
}

/** Names in the annotation that picks templates; undefined without it, which means the injector's default ones. */
export function listTemplateNames(annotations: StringMap): readonly string[] | undefined {
  return annotations[TEMPLATES_ANNOTATION]?.split(',').map((name) => name.trim());
}

function passAdmission({ events = [], refusal }: GateSources): Passing {
  const failures = events.filter(({ reason }) => reason === 'FailedCreate');
  const [last] = [...failures].sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
  const told = last === undefined ? [] : [say('seen.event', { at: last.lastSeen, count: last.count })];
  if (refusal !== undefined) return { outcome: 'failed', seen: [refusal.because, ...told] };
  // A pod that is there got past what the events complain of.
  return { outcome: 'passed', seen: last === undefined ? [] : [parseRefusal(last.message).because, ...told] };
}

function passAge(pod: PodRecord, { namespace }: NamespaceContext, verdict: PodVerdict): Passing {
  const changed = namespace?.labelsChanged;
  const seen = [
    say('seen.created', { at: pod.createdAt }),
    ...(changed === undefined ? [] : [say('seen.label-changed', { at: changed.at, manager: changed.manager })]),
  ];
  const isAstray = verdict.state === 'missing' || verdict.state === 'outdated';
  return { outcome: isAstray ? 'failed' : 'passed', seen: isAstray ? [...seen, verdict.because] : seen };
}

function describe(map: StringMap, key: string): readonly string[] {
  const value = map[key];
  return value === undefined ? [] : [`${key}=${value}`];
}
