import 'server-only';
import type { InjectionPlanAnswer, InjectionPlanQuery } from '@/lib/api/injection';
import type { ClusterSession } from '@/lib/cluster/session';
import type { InjectionAction } from '@/lib/core/injection/change-namespace-labels';
import { listEnableTargets } from '@/lib/core/injection/list-enable-targets';
import { planInjectionChange } from '@/lib/core/injection/plan-injection-change';
import { modelOf } from './injection-model';
import { readNamespaceAccess } from './read-access';
import { readNamespaceNow } from './read-namespace-now';

export function toAction({ action, revision }: InjectionPlanQuery): InjectionAction {
  if (action !== 'enable') return { kind: action };
  return revision === undefined ? { kind: 'enable' } : { kind: 'enable', revision };
}

/** What switching a namespace would do, and whether this user may. */
export async function buildInjectionPlan(
  session: ClusterSession,
  name: string,
  query: InjectionPlanQuery,
): Promise<InjectionPlanAnswer> {
  const access = await readNamespaceAccess(session, name);
  const summary = await readNamespaceNow(session, name);
  const { namespace } = summary.context;
  const plan = planInjectionChange(summary, toAction(query), modelOf(session).controlPlanes());
  const { before, after, lines, kubectl, isNoChange } = plan.labels;
  const { modeBefore, modeAfter, health, facts, warnings, workloads } = plan;
  return {
    namespace: name,
    resourceVersion: namespace?.resourceVersion ?? '',
    labels: { before: { ...before }, after: { ...after }, lines: [...lines], kubectl, isNoChange },
    modeBefore: { ...modeBefore, notes: [...modeBefore.notes] },
    modeAfter: { ...modeAfter, notes: [...modeAfter.notes] },
    ...(health === undefined ? {} : { health }),
    facts: [...facts],
    warnings: [...warnings],
    workloads: [...workloads],
    ...(namespace?.managedBy === undefined ? {} : { managedBy: namespace.managedBy }),
    targets: [...listEnableTargets(modelOf(session).facts().configurations ?? [])],
    access: session.isReadOnly ? { ...access, allowed: false, reason: 'read-only' } : access,
  };
}
