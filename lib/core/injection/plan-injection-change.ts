import { formatCpu, formatMemory } from '@/lib/core/kube/parse-quantity';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';
import type { Phrase } from '@/lib/core/phrase';
import { answerInjection, type InjectionAnswer } from './answer-injection';
import { changeNamespaceLabels, type InjectionAction, type LabelChangePlan } from './change-namespace-labels';
import { hasSidecar, isFinished } from './classify-pod';
import type { WorkloadVerdict } from './classify-workload';
import type { ControlPlane, ControlPlaneHealth } from './list-control-planes';
import { listPlanWarnings, type PlanWarning } from './list-plan-warnings';
import type { JudgedNamespace } from './list-problems';
import { buildNamespaceContext, type NamespaceContext } from './namespace-context';
import type { StateCounts } from './pod-states';
import { predictRefusal } from './predict-refusal';
import type { NamespaceMode } from './resolve-namespace-mode';
import { templateOf } from './resolve-workloads';
import { say } from './say';
import { addRequests, NO_REQUESTS, type SidecarRequests, sidecarRequests } from './sidecar-requests';

export type PlannedChange = 'gains' | 'loses' | 'changes-revision' | 'keeps' | 'stays-without' | 'refused' | 'unknown';

/** How a workload comes to new pods: by a rollout, by creating it again, at its next run, or not at all. */
export type RestartWay = 'rollout' | 'recreate' | 'next-run' | 'none';

export interface PlannedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly pods: number;
  readonly now: StateCounts;
  readonly becomes: PlannedChange;
  readonly because: Phrase;
  readonly restart: RestartWay;
  /** What its new sidecars request, where the injector's values are known. */
  readonly adds?: { readonly cpu: string; readonly memory: string };
}

/** What a switch of a namespace does, now and at the next restart. */
export interface InjectionPlan {
  readonly action: InjectionAction;
  readonly labels: LabelChangePlan;
  readonly modeBefore: NamespaceMode;
  readonly modeAfter: NamespaceMode;
  /** Health of the control plane that answers afterwards; undefined when nobody does or it is not known. */
  readonly health?: { readonly health: ControlPlaneHealth; readonly because: Phrase };
  /** What does not happen. */
  readonly facts: readonly Phrase[];
  readonly warnings: readonly PlanWarning[];
  readonly workloads: readonly PlannedWorkload[];
  readonly adds?: { readonly cpu: string; readonly memory: string };
}

/**
 * Plans a switch of a namespace's injection: labels, who answers, and what becomes of each workload at its next restart.
 *
 * Input: the namespace as judged now, the action, and the control planes where known.
 * Output: rows in the order of the workloads; nothing is promised that the webhooks' selectors do not give.
 * Never throws. The action's labels are evaluated by the live webhooks like any others.
 */
export function planInjectionChange(
  namespace: JudgedNamespace,
  action: InjectionAction,
  controlPlanes: readonly ControlPlane[] = [],
): InjectionPlan {
  const { context } = namespace;
  const labels = changeNamespaceLabels(context.name, context.labels ?? {}, action);
  const after = contextAfter(context, labels.patch);
  const drafts = namespace.workloads.map((verdict) => draftRow(verdict, after, controlPlanes));
  const rows = drafts.map(({ row }) => row);
  const adds = drafts.reduce((sum, { requests }) => addRequests(sum, requests), NO_REQUESTS);
  const health = healthOf(after.mode, controlPlanes);
  return {
    action,
    labels,
    modeBefore: context.mode,
    modeAfter: after.mode,
    ...(health && { health }),
    facts: listFacts(namespace.workloads, labels),
    warnings: listPlanWarnings({ before: context, after, labels, action, controlPlanes, rows }),
    workloads: rows,
    ...(adds.cpu + adds.memory > 0 && { adds: format(adds) }),
  };
}

function contextAfter(context: NamespaceContext, patch: LabelChangePlan['patch']): NamespaceContext {
  const { namespace, labels, name, facts } = context;
  if (namespace === undefined || labels === undefined) return context;
  const changed: Record<string, string> = { ...labels };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete changed[key];
    else changed[key] = value;
  }
  return buildNamespaceContext(name, { ...namespace, labels: changed }, facts);
}

function healthOf(mode: NamespaceMode, planes: readonly ControlPlane[]): InjectionPlan['health'] {
  const plane = planes.find(({ revision }) => revision === mode.servedBy?.revision);
  const webhooks = plane?.webhookConfigurations.find(({ name }) => name === mode.servedBy?.configuration);
  const told = webhooks?.health === 'serving' ? plane : (webhooks ?? plane);
  return told && { health: told.health, because: told.because };
}

function listFacts(workloads: readonly WorkloadVerdict[], labels: LabelChangePlan): readonly Phrase[] {
  if (labels.isNoChange) return [say('plan.no-change')];
  const standing = workloads
    .flatMap(({ pods }) => pods)
    .filter(({ pod, verdict }) => !isFinished(pod) && !verdict.isTerminating);
  const count = standing.length;
  const injected = standing.filter(({ pod }) => hasSidecar(pod)).length;
  return [say('plan.nothing-restarts', { count }), say('plan.pods-keep', { injected, without: count - injected })];
}

/** What becomes of one workload at its next restart in a namespace as given; its template may already be changed. */
export function planWorkload(
  verdict: WorkloadVerdict,
  context: NamespaceContext,
  controlPlanes: readonly ControlPlane[],
): PlannedWorkload {
  return draftRow(verdict, context, controlPlanes).row;
}

interface DraftRow {
  readonly row: PlannedWorkload;
  readonly requests: SidecarRequests;
}

function draftRow(judged: WorkloadVerdict, after: NamespaceContext, planes: readonly ControlPlane[]): DraftRow {
  const verdict = { ...judged, pods: judged.pods.filter((pod) => !pod.verdict.isTerminating) };
  const { workload, counts, pods } = verdict;
  const { kind, name } = workload;
  const shape = templateOf(workload) ?? workload.pods[0];
  const base = { kind, name, pods: counts.total, now: counts, restart: restartWay(verdict) };
  const leave = (becomes: PlannedChange, because: Phrase): DraftRow => ({
    row: { ...base, becomes, because },
    requests: NO_REQUESTS,
  });
  if (shape === undefined) return leave('unknown', say('plan.no-template'));
  const withSidecar = pods.filter(({ pod }) => hasSidecar(pod)).length;
  if (base.restart === 'none') return leave(withSidecar > 0 ? 'keeps' : 'stays-without', say('plan.finished'));
  if (pods.some(({ verdict: { reason } }) => reason === 'manual')) return leave('keeps', say('pod.injected-by-hand'));

  const answer = answerInjection(shape, after);
  const refusal = answer.kind === 'yes' ? refusalOf(verdict, shape, answer, after, planes) : undefined;
  if (refusal !== undefined) return leave('refused', refusal);
  const becomes = changeOf(verdict, answer, withSidecar);
  if (becomes !== 'gains') return leave(becomes, answer.because);

  const values = after.facts.injectors.get(answer.servedBy?.revision ?? '')?.proxyResources;
  const lacking = Math.max(pods.length > 0 ? counts.total - withSidecar : (workload.record?.replicas ?? 0), 0);
  const requests =
    values === undefined ? NO_REQUESTS : addRequests(NO_REQUESTS, sidecarRequests(shape.annotations, values), lacking);
  return {
    row: {
      ...base,
      becomes,
      because: answer.because,
      ...(requests.cpu + requests.memory > 0 && { adds: format(requests) }),
    },
    requests,
  };
}

/** A refusal that stands stays, unless it has nothing to do with injection; others are foreseen from the template. */
function refusalOf(
  verdict: WorkloadVerdict,
  shape: Parameters<typeof predictRefusal>[0],
  answer: InjectionAnswer,
  after: NamespaceContext,
  planes: readonly ControlPlane[],
): Phrase | undefined {
  const isSame = verdict.next?.kind === 'yes' && verdict.next.servedBy?.revision === answer.servedBy?.revision;
  const standing = verdict.refusal?.concernsInjection === 'yes' && isSame ? verdict.refusal.because : undefined;
  return standing ?? predictRefusal(shape, answer, after, planes);
}

function changeOf(verdict: WorkloadVerdict, answer: InjectionAnswer, withSidecar: number): PlannedChange {
  if (answer.kind === 'unknown') return 'unknown';
  const before = verdict.next?.kind === 'yes';
  const had = verdict.pods.length > 0 ? withSidecar > 0 : before;
  if (answer.kind === 'no') return had ? 'loses' : 'stays-without';
  const lacks = verdict.pods.length > 0 ? withSidecar < verdict.pods.length : !before;
  if (lacks) return 'gains';
  const wanted = answer.servedBy?.revision ?? '';
  const revisions = verdict.pods.length > 0 ? verdict.revisions : [verdict.next?.servedBy?.revision ?? wanted];
  return revisions.some((revision) => revision !== wanted) ? 'changes-revision' : 'keeps';
}

function restartWay({ workload }: WorkloadVerdict): RestartWay {
  const { kind, record, pods } = workload;
  if (isRolloutKind(kind)) return record === undefined ? 'none' : 'rollout';
  if (kind === 'CronJob') return 'next-run';
  return pods.length > 0 && pods.every(isFinished) ? 'none' : 'recreate';
}

function format({ cpu, memory }: SidecarRequests): { readonly cpu: string; readonly memory: string } {
  return { cpu: formatCpu(cpu), memory: formatMemory(memory) };
}
