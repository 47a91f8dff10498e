import type { Phrase } from '@/lib/core/phrase';
import { rememberEach } from '@/lib/core/remember-each';
import type { PodReason } from './classify-pod';
import type { JudgedPod, WorkloadVerdict } from './classify-workload';
import type { ControlPlane } from './list-control-planes';
import { type Remedy, remedyOfNamespace } from './list-remedies';
import type { NamespaceContext } from './namespace-context';
import type { RefusalCause } from './parse-refusal';
import { say } from './say';

export type ProblemSeverity = 'error' | 'warning' | 'notice';

/** Reasons of pods that are not as they should be. */
const POD_TROUBLES = [
  'other-revision',
  'other-image',
  'other-template',
  'unwanted',
  'manual-proxy',
  'older-than-label',
  'older-than-webhook',
  'failed-open',
  'missing-unexplained',
] as const satisfies readonly PodReason[];
type PodTrouble = (typeof POD_TROUBLES)[number];

/** What a problem is about, in words that do not change with the cluster; the group's key. */
export type ProblemCause =
  | RefusalCause
  | PodTrouble
  | 'namespace-unknown-revision'
  | 'namespace-odd-value'
  | 'namespace-conflict'
  | 'namespace-deactivated'
  | 'namespace-ambient-and-sidecar'
  | 'two-configurations'
  | 'pod-blocked'
  | 'pod-unknown-revision'
  | 'annotation-needs-label'
  | 'odd-switch'
  | 'pod-revision-ignored'
  | 'condition-false'
  | 'condition-fault'
  | 'next-refused'
  | 'failing-open'
  | 'control-plane-down';

export interface ProblemObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly because: Phrase;
  /** Pods of this object that the cause concerns; 0 for a namespace or a control plane. */
  readonly pods: number;
}

/** Everything that suffers from one cause. */
export interface Problem {
  readonly cause: ProblemCause;
  readonly severity: ProblemSeverity;
  readonly title: Phrase;
  readonly pods: number;
  readonly objects: readonly ProblemObject[];
  readonly remedies: readonly Remedy[];
}

export interface JudgedNamespace {
  readonly context: NamespaceContext;
  readonly workloads: readonly WorkloadVerdict[];
}

const SEVERITIES: readonly ProblemSeverity[] = ['error', 'warning', 'notice'];
/** The namespace-level causes by the code of the phrase that says so. */
const MODE_CAUSES: Readonly<Record<string, ProblemCause>> = {
  'injection.mode.unknown-revision': 'namespace-unknown-revision',
  'injection.mode.odd-value': 'namespace-odd-value',
  'injection.mode.deactivated': 'namespace-deactivated',
};
const NOTE_CAUSES: Readonly<Record<string, ProblemCause>> = {
  'injection.note.conflict': 'namespace-conflict',
  'injection.note.conflict-off': 'namespace-conflict',
  'injection.note.ambient-and-sidecar': 'namespace-ambient-and-sidecar',
  'injection.note.two-configurations': 'two-configurations',
};
const RULE_CAUSES: Readonly<Record<string, ProblemCause>> = {
  'namespace-blocks': 'pod-blocked',
  'unknown-revision': 'pod-unknown-revision',
  'condition-false': 'condition-false',
  'condition-fault': 'condition-fault',
};
/** Notes of a pod that has what it should have, or nothing, and still says something in vain; the gravest first. */
const POD_NOTE_CAUSES: readonly (readonly [code: string, cause: ProblemCause])[] = [
  ['injection.note.two-configurations', 'two-configurations'],
  ['injection.note.annotation-needs-label', 'annotation-needs-label'],
  ['injection.note.pod-revision-ignored', 'pod-revision-ignored'],
  ['injection.note.odd-switch', 'odd-switch'],
];

/** One object that suffers from one cause, with what helps this very object. */
export interface Finding {
  readonly cause: ProblemCause;
  readonly severity: ProblemSeverity;
  readonly object: ProblemObject;
  readonly remedies: readonly Remedy[];
}

/**
 * Groups what is not as it should be by its cause.
 *
 * Input: judged namespaces, and the control planes where they are known.
 * Output: errors before warnings before notices, then by pods and objects concerned, most first. Objects by namespace and name.
 * Finished and leaving pods are nobody's problem. Never throws.
 */
export function listProblems(
  namespaces: readonly JudgedNamespace[],
  controlPlanes: readonly ControlPlane[] = [],
): readonly Problem[] {
  const groups = new Map<ProblemCause, { first: Finding; objects: ProblemObject[] }>();
  for (const finding of listFindings(namespaces, controlPlanes)) {
    const group = groups.get(finding.cause);
    if (group === undefined) groups.set(finding.cause, { first: finding, objects: [finding.object] });
    else group.objects.push(finding.object);
  }
  return [...groups.values()].map(({ first, objects }) => toProblem(first, objects)).sort(compareProblems);
}

/** The same, one by one and in the order of the objects: remedies differ between objects of one cause. Never throws. */
export function listFindings(
  namespaces: readonly JudgedNamespace[],
  controlPlanes: readonly ControlPlane[] = [],
): readonly Finding[] {
  return [...controlPlanes.flatMap(findInControlPlane), ...namespaces.flatMap(findInNamespace)];
}

function toProblem({ cause, severity, remedies }: Finding, objects: readonly ProblemObject[]): Problem {
  const pods = objects.reduce((sum, object) => sum + object.pods, 0);
  return { cause, severity, title: say(`problem.${cause}`), pods, objects, remedies };
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.pods - a.pods ||
    b.objects.length - a.objects.length
  );
}

function findInControlPlane(plane: ControlPlane): readonly Finding[] {
  const { revision, because, namespace, health, webhookConfigurations } = plane;
  const about = (cause: ProblemCause, reason: Phrase): Finding => ({
    cause,
    severity: 'error',
    object: { kind: 'ControlPlane', namespace, name: revision, because: reason, pods: 0 },
    remedies: [{ action: 'repair-control-plane', text: say('remedy.repair-control-plane', { revision }) }],
  });
  const open = webhookConfigurations.find(
    (webhooks) => webhooks.health === 'down' && webhooks.failurePolicy === 'Ignore' && !webhooks.isDeactivated,
  );
  return [
    ...(health === 'down' || health === 'absent' ? [about('control-plane-down', because)] : []),
    ...(open === undefined ? [] : [about('failing-open', say('hazard.unreachable-ignore', { webhook: open.name }))]),
  ];
}

/** Of 1,000 namespaces few change between two questions: what was found in the others is found already. */
const findInNamespace = rememberEach(({ context, workloads }: JudgedNamespace): readonly Finding[] => [
  ...findInMode(context),
  ...workloads.flatMap(findInWorkload),
]);

function findInMode(context: NamespaceContext): readonly Finding[] {
  const { mode, name } = context;
  const about = (cause: ProblemCause, because: Phrase, remedies: readonly Remedy[]): Finding => ({
    cause,
    severity: 'warning',
    object: { kind: 'Namespace', namespace: name, name, because, pods: 0 },
    remedies,
  });
  const ofMode = MODE_CAUSES[mode.because.code];
  return [
    ...(ofMode === undefined ? [] : [about(ofMode, mode.because, remedyOfNamespace(context))]),
    ...mode.notes.flatMap((note) => {
      const cause = NOTE_CAUSES[note.code];
      return cause === undefined ? [] : [about(cause, note, remedyOfNote(note))];
    }),
  ];
}

function remedyOfNote(note: Phrase): readonly Remedy[] {
  const label = note.values?.ignored;
  if (label === undefined) return [];
  return [{ action: 'remove-namespace-label', text: say('remedy.remove-namespace-label', { label }) }];
}

function findInWorkload(verdict: WorkloadVerdict): readonly Finding[] {
  const { kind, name, namespace } = verdict.workload;
  const findings: Finding[] = [];
  if (verdict.refusal !== undefined) {
    const { cause, because, count, remedies } = verdict.refusal;
    findings.push({ cause, severity: 'error', object: { kind, namespace, name, because, pods: count }, remedies });
  }
  const [foreseen] = verdict.refusal === undefined ? (verdict.nextRefused ?? []) : [];
  if (foreseen !== undefined) {
    findings.push({
      cause: 'next-refused',
      severity: 'warning',
      object: { kind, namespace, name, because: foreseen, pods: 0 },
      remedies: [remedyOfRefusal(foreseen)],
    });
  }
  const byCause = new Map<ProblemCause, JudgedPod[]>();
  for (const judged of verdict.pods) {
    const cause = causeOfPod(judged);
    if (cause === undefined) continue;
    const found = byCause.get(cause);
    if (found === undefined) byCause.set(cause, [judged]);
    else found.push(judged);
  }
  for (const [cause, pods] of byCause) findings.push(toPodFinding(verdict, cause, pods));
  return findings;
}

function remedyOfRefusal({ code }: Phrase): Remedy {
  return code === 'engine.refusal.annotation-invalid'
    ? { action: 'fix-annotation', text: say('remedy.fix-annotation') }
    : { action: 'fix-template', text: say('remedy.fix-template') };
}

function causeOfPod({ verdict }: JudgedPod): ProblemCause | undefined {
  if (verdict.isFinished || verdict.isTerminating) return undefined;
  const trouble = POD_TROUBLES.find((reason) => reason === verdict.reason);
  if (trouble !== undefined) return trouble;
  const ofRule = RULE_CAUSES[verdict.rule];
  if (ofRule !== undefined) return ofRule;
  const codes = new Set(verdict.notes.map(({ code }) => code));
  return POD_NOTE_CAUSES.find(([code]) => codes.has(code))?.[1];
}

function toPodFinding({ workload }: WorkloadVerdict, cause: ProblemCause, pods: readonly JudgedPod[]): Finding {
  const { kind, name, namespace } = workload;
  const [first] = pods;
  const note = POD_NOTE_CAUSES.find(([, noted]) => noted === cause)?.[0];
  const told = note === undefined ? undefined : first?.verdict.notes.find(({ code }) => code === note);
  const because = told ?? first?.verdict.because ?? say('workload.no-pods');
  const isMissing = first?.verdict.state === 'missing';
  return {
    cause,
    severity: isMissing ? 'warning' : 'notice',
    object: { kind, namespace, name, because, pods: pods.length },
    remedies: first?.verdict.remedies ?? [],
  };
}
