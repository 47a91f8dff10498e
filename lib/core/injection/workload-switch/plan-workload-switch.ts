import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { ControlPlane } from '@/lib/core/injection/list-control-planes';
import type { PlanWarning } from '@/lib/core/injection/list-plan-warnings';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { type PlannedWorkload, planWorkload } from '@/lib/core/injection/plan-injection-change';
import { INJECT_KEY } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { WorkloadRecord } from '@/lib/core/kube/records';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';
import type { Phrase } from '@/lib/core/phrase';
import { changeTemplateSwitch, type TemplateSwitch, undoOfSwitch, type WorkloadAction } from './change-template-switch';
import { saySwitch } from './say-switch';
import type { TemplateKind } from './template-kinds';

/** A workload as it stands in the cluster now, as far as its switch needs it. */
export interface LiveTemplate {
  readonly kind: TemplateKind;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  /** A rollout that waits until somebody resumes it. */
  readonly isPaused: boolean;
  /** Pods are replaced only when somebody deletes them. */
  readonly isOnDelete: boolean;
  /** The GitOps tool that would write the template again. */
  readonly managedBy?: string;
  /** `Kind/name` of the object that made the workload and may write it again. */
  readonly owner?: string;
}

interface SwitchSources {
  readonly verdict: WorkloadVerdict & { readonly workload: { readonly record: WorkloadRecord } };
  readonly context: NamespaceContext;
  readonly live: LiveTemplate;
  readonly action: WorkloadAction;
  readonly controlPlanes?: readonly ControlPlane[];
}

export interface WorkloadSwitchPlan {
  readonly change: TemplateSwitch;
  readonly row: PlannedWorkload;
  /** What happens at once, and what does not. */
  readonly facts: readonly Phrase[];
  readonly warnings: readonly PlanWarning[];
}

/**
 * Plans the switch of one workload: how its template changes, what restarts, and what becomes of its next pods.
 *
 * Input: the workload as judged and its template as read a moment ago, which wins where the two differ.
 * Output: errors before warnings before notices. Nothing is promised that the live webhooks do not give.
 * Never throws.
 */
export function planWorkloadSwitch(sources: SwitchSources): WorkloadSwitchPlan {
  const { verdict, context, live, action, controlPlanes = [] } = sources;
  const { namespace, name, record } = verdict.workload;
  const change = changeTemplateSwitch({ kind: live.kind, namespace, name, labels: live.labels }, action);
  const template = { ...record.template, labels: change.labelsAfter, annotations: live.annotations };
  const changed = { ...verdict, workload: { ...verdict.workload, record: { ...record, template } } };
  const row = planWorkload(changed, context, controlPlanes);
  return { change, row, facts: listFacts(verdict, live, change), warnings: listWarnings(live, change, action, row) };
}

function listFacts(verdict: WorkloadVerdict, live: LiveTemplate, change: TemplateSwitch): readonly Phrase[] {
  if (change.isNoChange) return [saySwitch('no-change')];
  const count = verdict.pods.filter((judged) => !judged.verdict.isFinished && !judged.verdict.isTerminating).length;
  if (live.kind === 'CronJob') return [saySwitch('next-run')];
  if (!isRolloutKind(live.kind)) return [saySwitch('only-new-pods', { count })];
  if (live.isPaused) return [saySwitch('restarts-when-resumed')];
  return [live.isOnDelete ? saySwitch('restarts-on-delete', { count }) : saySwitch('restarts-now', { count })];
}

function listWarnings(
  live: LiveTemplate,
  change: TemplateSwitch,
  action: WorkloadAction,
  { becomes }: PlannedWorkload,
): readonly PlanWarning[] {
  const warnings: PlanWarning[] = [];
  const warn = (severity: PlanWarning['severity'], text: Phrase) => warnings.push({ severity, text });
  if (becomes === 'refused') warn('error', saySwitch('refused'));
  if (action === 'enable' && becomes === 'stays-without') warn('error', saySwitch('still-without'));
  if (action === 'disable' && (becomes === 'keeps' || becomes === 'gains'))
    warn('warning', saySwitch('still-injected'));
  if (live.managedBy !== undefined) warn('warning', saySwitch('gitops', { manager: live.managedBy }));
  if (live.owner !== undefined) warn('warning', saySwitch('owned', { owner: live.owner }));
  const { before, after } = change;
  if (before !== undefined && undoOfSwitch(before) === undefined) {
    warn('notice', saySwitch('odd-value', { value: before }));
  }
  const legacy = live.annotations[INJECT_KEY];
  if (legacy === undefined) return sortWarnings(warnings);
  const annotation = `${INJECT_KEY}: ${JSON.stringify(legacy)}`;
  if (after === undefined) warn('warning', saySwitch('annotation-returns', { annotation }));
  else if (after === legacy) warn('notice', saySwitch('label-repeats', { annotation }));
  else warn('warning', saySwitch('label-wins', { annotation, label: `${INJECT_KEY}: ${JSON.stringify(after)}` }));
  return sortWarnings(warnings);
}

const ORDER: readonly PlanWarning['severity'][] = ['error', 'warning', 'notice'];

function sortWarnings(warnings: readonly PlanWarning[]): readonly PlanWarning[] {
  return [...warnings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
