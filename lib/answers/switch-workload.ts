import 'server-only';
import type {
  WorkloadSwitchPlan,
  WorkloadSwitchQuery,
  WorkloadSwitchRequest,
  WorkloadSwitchResult,
} from '@/lib/api/workload-switch';
import type { ClusterSession } from '@/lib/cluster/session';
import { readWorkloadTemplate, writeWorkloadSwitch } from '@/lib/cluster/write-workload-switch';
import { changeTemplateSwitch, undoOfSwitch } from '@/lib/core/injection/workload-switch/change-template-switch';
import { planWorkloadSwitch } from '@/lib/core/injection/workload-switch/plan-workload-switch';
import { TEMPLATE_KINDS } from '@/lib/core/injection/workload-switch/template-kinds';
import { INJECT_KEY } from '@/lib/core/kube/names';
import { modelOf } from './injection-model';
import { readRight } from './read-access';
import { requireNamespace } from './require-namespace';
import { type NamedWorkload, requireTemplate, requireVerdict } from './switchable-workload';

export interface WorkloadSwitchOutcome {
  readonly before: unknown;
  readonly after: unknown;
  readonly result: WorkloadSwitchResult;
}

const ACTIONS = ['enable', 'disable', 'unset'] as const;

/** What switching one workload would do, and whether this user may. Throws ClusterError `not-found`, `unsupported`. */
export async function buildWorkloadSwitchPlan(
  session: ClusterSession,
  named: NamedWorkload,
  { action }: WorkloadSwitchQuery,
): Promise<WorkloadSwitchPlan> {
  const workload = requireTemplate(named);
  const { kind, namespace, name } = workload;
  const { group, resource } = TEMPLATE_KINDS[kind];
  const [live, access] = await Promise.all([
    readWorkloadTemplate(session, workload),
    readRight(session, { verb: 'patch', group, resource, namespace, name }),
  ]);
  const { context, workloads } = requireNamespace(session, namespace);
  const verdict = requireVerdict(workloads, workload);
  const controlPlanes = modelOf(session).controlPlanes();
  const { change, row, facts, warnings } = planWorkloadSwitch({ verdict, context, live, action, controlPlanes });
  const { isNoChange, kubectl, lines, before = null, after = null } = change;
  return {
    ...named,
    resourceVersion: live.resourceVersion,
    fingerprint: live.fingerprint,
    before,
    after,
    isNoChange,
    lines: [...lines],
    kubectl,
    becomes: row,
    facts: [...facts],
    warnings: [...warnings],
    actions: ACTIONS.filter((one) => !changeTemplateSwitch({ ...workload, labels: live.labels }, one).isNoChange),
    ...(live.managedBy === undefined ? {} : { managedBy: live.managedBy }),
    access: session.isReadOnly ? { ...access, allowed: false, reason: 'read-only' } : access,
  };
}

/** Switches one workload. The patch comes from core, never from the request. */
export async function switchWorkload(
  session: ClusterSession,
  named: NamedWorkload,
  { action, resourceVersion, fingerprint, dryRun = false }: WorkloadSwitchRequest,
): Promise<WorkloadSwitchOutcome> {
  const workload = requireTemplate(named);
  const seen = { resourceVersion, ...(fingerprint === undefined ? {} : { fingerprint }) };
  const write = { ...workload, ...seen, action, isDryRun: dryRun };
  const { before, after } = await writeWorkloadSwitch(session, write);
  const { [INJECT_KEY]: was } = before.labels;
  const { [INJECT_KEY]: is } = after.labels;
  const undo = undoOfSwitch(was);
  return {
    before: { [INJECT_KEY]: was ?? null },
    after: { [INJECT_KEY]: is ?? null },
    result: {
      ...named,
      before: was ?? null,
      after: is ?? null,
      resourceVersion: after.resourceVersion,
      fingerprint: after.fingerprint,
      generation: after.generation,
      kubectl: changeTemplateSwitch({ ...workload, labels: before.labels }, action).kubectl,
      dryRun,
      ...(undo === undefined ? {} : { undo: { action: undo } }),
    },
  };
}
