import {
  AMBIENT_REDIRECTION_ANNOTATION,
  DATAPLANE_MODE_LABEL,
  INJECT_KEY,
  REVISION_LABEL,
  SYSTEM_NAMESPACES,
} from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { EventRecord, PodRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { answerInjection, type InjectionAnswer, type PodShape } from './answer-injection';
import { classifyPod, type PodSurroundings, type PodVerdict } from './classify-pod';
import type { InjectionDecision } from './decide-injection';
import { listCheckedAnnotations, listTemplateNames } from './foresee-refusals';
import { type ConditionsOutcome, judgeConditions } from './judge-conditions';
import type { ControlPlane } from './list-control-planes';
import { type Hazard, listHazards } from './list-hazards';
import { isSelected } from './match-webhooks';
import { type NamespaceContext, policyOf } from './namespace-context';
import { parseRefusal, type Refusal } from './parse-refusal';
import type { RenderingCheck } from './reality/rendering-check';
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
  'annotations',
  'template',
  'admission',
  'ambient',
  'age',
  'current',
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
  readonly hazards: readonly Hazard[];
}

export interface GateSources {
  /** Health of the control planes, where it is known. */
  readonly controlPlanes?: readonly ControlPlane[];
  /** Events of the pod and of what owns it. */
  readonly events?: readonly EventRecord[];
  /** Why the workload's next pod is not created, where one is lacking. */
  readonly refusal?: Refusal;
  /** What came of rendering it now. */
  readonly rendering?: RenderingCheck;
}

const NONE = '–';
/** Gates that are asked of a pod that runs, whatever became of it before. */
const AFTERWARDS: ReadonlySet<GateCode> = new Set(['ambient', 'age', 'current']);
const ANNOTATION_REFUSAL = 'engine.refusal.annotation-invalid';
const MOST_DIFFERENCES = 8;

/** Explains one pod: its verdict, and every gate that it met or would meet if it were created now. */
export function explainPod(
  pod: PodRecord,
  context: NamespaceContext,
  sources: GateSources & PodSurroundings = {},
): PodExplanation {
  const verdict = classifyPod(pod, context, sources);
  const answer = answerInjection(pod, context);
  const age: Draft = { gate: 'age', ...passAge(pod, context, verdict) };
  const current: Draft = { gate: 'current', ...passCurrent(verdict, sources.rendering) };
  return {
    verdict,
    gates: settle([...draftGates(pod, context, sources), ...draftAmbient(pod, context), age, current]),
    hazards: listHazards(answer, context, sources),
  };
}

/** The gates of a pod that is not there yet, such as the next pod of a workload. */
export function explainShape(shape: PodShape, context: NamespaceContext, sources: GateSources = {}): readonly Gate[] {
  return settle([...draftGates(shape, context, sources), ...draftAmbient(shape, context)]);
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
    ...(listConditioned(pod, context).length > 0
      ? [{ gate: 'conditions' as const, ...passConditions(pod, context, answer) }]
      : []),
    { gate: 'reach', ...passReach(answer, sources.controlPlanes) },
    {
      gate: 'host-network',
      outcome: pod.hostNetwork ? 'failed' : 'passed',
      seen: [say('seen.host-network', { value: String(pod.hostNetwork) })],
    },
    { gate: 'system-namespace', ...passSystemNamespace(context.name) },
    ...draftDecision(pod, context, answer),
    { gate: 'annotations', ...passAnnotations(pod, answer) },
    { gate: 'template', ...passTemplate(pod, context, answer, sources.rendering) },
    { gate: 'admission', ...passAdmission(sources) },
  ];
}

/** A gate after one that closed is not reached; the first that closed decides, else the last one that opened the way for good. */
function settle(drafts: readonly Draft[]): readonly Gate[] {
  const isAnswered = ({ gate, outcome }: Draft) => outcome === 'failed' && gate !== 'current';
  const closed = drafts.findIndex(isAnswered);
  const opened = drafts.findLastIndex(({ settles }) => settles === true);
  const deciding = closed >= 0 ? closed : opened;
  return drafts.map(({ gate, outcome, seen }, index) => ({
    gate,
    title: say(`gate.${gate}`),
    outcome: closed >= 0 && index > closed && !AFTERWARDS.has(gate) ? 'not-reached' : outcome,
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
  // Its labels are not what keeps it away.
  if (answer.rule === 'condition-false') return { outcome: 'passed', seen };
  const { servedBy } = answer;
  if (servedBy === undefined) return { outcome: 'failed', seen: [...seen, answer.because] };
  const { webhook, configuration } = servedBy;
  return { outcome: 'passed', seen: [...seen, say('seen.entry', { webhook, configuration })], settles: true };
}

/** Entries that pick the pod by its labels and have conditions beside. */
function listConditioned(pod: PodShape, { candidates }: NamespaceContext) {
  return candidates
    .map(({ webhook }) => webhook)
    .filter((webhook) => webhook.matchConditions.length > 0 && isSelected(webhook.objectSelector, pod.labels));
}

function passConditions(pod: PodShape, context: NamespaceContext, { matches }: InjectionAnswer): Passing {
  const subject = { ...pod, namespace: context.name };
  const judged = listConditioned(pod, context).map(({ matchConditions }) => ({
    matchConditions,
    outcome: judgeConditions(matchConditions, subject),
  }));
  const seen = judged.flatMap(({ matchConditions, outcome }) => [
    ...matchConditions.map(({ name, expression }) => say('seen.condition', { name, expression })),
    ...sayConditions(outcome),
  ]);
  const isCalled = matches.some(({ isUncertain, fault }) => !isUncertain && fault === undefined);
  if (isCalled) return { outcome: 'passed', seen };
  return { outcome: judged.some(({ outcome }) => outcome.kind === 'unknown') ? 'unknown' : 'failed', seen };
}

function sayConditions(outcome: ConditionsOutcome): readonly Phrase[] {
  switch (outcome.kind) {
    case 'hold':
      return [];
    case 'fail':
      return [say('seen.condition-false', { name: outcome.name })];
    case 'unknown':
      return [say('seen.condition-unknown', { name: outcome.name })];
    case 'fault':
      return [say('seen.condition-fault', { name: outcome.name, detail: outcome.message })];
  }
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

function passAnnotations({ annotations }: PodShape, { servedBy, refused = [] }: InjectionAnswer): Passing {
  const invalid = refused.filter(({ code }) => code === ANNOTATION_REFUSAL);
  if (invalid.length > 0) return { outcome: 'failed', seen: invalid };
  const count = listCheckedAnnotations(annotations).length;
  return { outcome: servedBy === undefined ? 'unknown' : 'passed', seen: [say('seen.annotations-checked', { count })] };
}

function passTemplate(
  pod: PodShape,
  context: NamespaceContext,
  { servedBy, refused = [] }: InjectionAnswer,
  rendering: RenderingCheck | undefined,
): Passing {
  const config = servedBy && context.facts.injectors.get(servedBy.revision);
  const names = listTemplateNames(pod.annotations) ?? config?.defaultTemplates;
  const seen = [say('seen.templates', { templates: listOf(names ?? []) || NONE })];
  const unknown = refused.filter(({ code }) => code !== ANNOTATION_REFUSAL);
  if (unknown.length > 0) return { outcome: 'failed', seen: [...seen, ...unknown] };
  switch (rendering?.kind) {
    case 'refused':
      return { outcome: 'failed', seen: [...seen, ...rendering.reasons] };
    case 'rendered':
    case 'same':
    case 'differs':
      return { outcome: 'passed', seen: [...seen, say('seen.rendered')] };
    case 'unchecked':
      return { outcome: 'unknown', seen: [...seen, rendering.because] };
    case undefined:
      return { outcome: config === undefined || names === undefined ? 'unknown' : 'passed', seen };
  }
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
  return verdict.state === 'missing'
    ? { outcome: 'failed', seen: [...seen, verdict.because] }
    : { outcome: 'passed', seen };
}

function passCurrent(verdict: PodVerdict, rendering: RenderingCheck | undefined): Passing {
  const isAstray = verdict.state === 'missing' || verdict.state === 'outdated';
  const seen = isAstray ? [verdict.because] : [];
  if (rendering?.kind === 'differs') {
    const { differences } = rendering;
    const shown = differences
      .slice(0, MOST_DIFFERENCES)
      .map(({ path, running = NONE, wanted = NONE }) => say('seen.current-differs', { path, running, wanted }));
    const more = differences.length - shown.length;
    const rest = more > 0 ? [say('seen.current-more', { count: more })] : [];
    return { outcome: 'failed', seen: [...seen, ...shown, ...rest] };
  }
  // The gate before says why it is missing.
  if (isAstray) return { outcome: 'failed', seen: verdict.state === 'missing' ? [] : seen };
  if (rendering?.kind === 'same') return { outcome: 'passed', seen: [say('seen.current-same')] };
  if (rendering?.kind === 'unchecked') return { outcome: 'unknown', seen: [rendering.because] };
  if (verdict.answer === 'no' || verdict.state === 'ambient') return { outcome: 'passed', seen };
  return { outcome: 'unknown', seen: [say('seen.not-rendered')] };
}

/** Only where ambient has a say: most clusters have none. */
function draftAmbient(pod: PodShape, context: NamespaceContext): readonly Draft[] {
  const labels = [
    ...describe(context.labels ?? {}, DATAPLANE_MODE_LABEL),
    ...describe(pod.labels, DATAPLANE_MODE_LABEL),
  ].map((label) => say('seen.ambient-label', { label }));
  const redirected = describe(pod.annotations, AMBIENT_REDIRECTION_ANNOTATION);
  const marks = redirected.map((annotation) => say('seen.ambient-redirected', { annotation }));
  if (labels.length + marks.length === 0) return [];
  return [{ gate: 'ambient', outcome: 'passed', seen: [...labels, ...marks, sayAmbient(pod, context)] }];
}

/** Source: Istio, cni/pkg/util, PodRedirectionEnabled. */
function sayAmbient(pod: PodShape, context: NamespaceContext): Phrase {
  if (pod.hostNetwork) return say('seen.ambient-host-network');
  const hasSidecar = 'injection' in pod && pod.injection !== undefined;
  if (hasSidecar || answerInjection(pod, context).kind === 'yes') return say('seen.ambient-sidecar-wins');
  return say(pod.labels[DATAPLANE_MODE_LABEL] === 'none' ? 'seen.ambient-left-out' : 'seen.ambient-enrolled');
}

function describe(map: StringMap, key: string): readonly string[] {
  const value = map[key];
  return value === undefined ? [] : [`${key}=${value}`];
}
