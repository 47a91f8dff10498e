import type { Phrase } from '@/lib/core/phrase';
import { changeNamespaceLabels, type InjectionAction, type LabelChangePlan } from './change-namespace-labels';
import { hasSidecar, isFinished } from './classify-pod';
import type { WorkloadVerdict } from './classify-workload';
import type { ControlPlane, ControlPlaneHealth } from './list-control-planes';
import { listPlanWarnings, type PlanWarning } from './list-plan-warnings';
import type { JudgedNamespace } from './list-problems';
import { buildNamespaceContext, type NamespaceContext } from './namespace-context';
import type { StateCounts } from './pod-states';
import { draftWorkload, foreseeChange } from './preview/draft-workload';
import type { PlannedChange, RestartWay } from './preview/preview-types';
import type { NamespaceMode } from './resolve-namespace-mode';
import { say } from './say';

export interface PlannedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly pods: number;
  readonly now: StateCounts;
  readonly becomes: PlannedChange;
  readonly because: Phrase;
  readonly restart: RestartWay;
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
}

/**
 * Plans a switch of a namespace's injection: labels, who answers, and what becomes of each workload at its next restart.
 *
 * Input: the namespace as judged now, the action, and the control planes where known.
 * Output: rows in the order of the workloads, as far as labels, webhooks and settings decide; what the injector makes of
 * their pods, the preview says. Nothing is promised that the webhooks' selectors do not give.
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
  const rows = namespace.workloads.map((verdict) => planWorkload(verdict, after, controlPlanes));
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
  };
}

/** A namespace as it would be with other labels. */
export function contextAfter(context: NamespaceContext, patch: LabelChangePlan['patch']): NamespaceContext {
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
  const draft = draftWorkload(verdict, context, controlPlanes);
  const { workload, counts } = draft.verdict;
  const { becomes, because } = foreseeChange(draft);
  const { kind, name } = workload;
  return { kind, name, pods: counts.total, now: counts, becomes, because, restart: draft.restart };
}
