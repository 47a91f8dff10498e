'use client';
import { useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { useResource } from '@/components/shared/use-resource';
import type { InjectionActionName } from '@/lib/api/injection';
import {
  type WorkloadSwitchPlan,
  type WorkloadSwitchResult,
  workloadSwitchPlanSchema,
  workloadSwitchResultSchema,
} from '@/lib/api/workload-switch';
import { workloadInjectionPath } from './injection-paths';
import { NAMESPACE_KINDS } from './namespace-kinds';
import type { SwitchedWorkloadName } from './workload-action-dialog';

/**
 * The plan of a workload's switch, kept current while the dialog is open. `isOvertaken` once somebody edits the template
 * that the person first saw; `accept` makes the new one the base.
 */
export function useWorkloadPlan(workload: SwitchedWorkloadName, action: InjectionActionName) {
  const path = `${workloadInjectionPath(workload)}?action=${action}`;
  const { namespace } = workload;
  const plan = useResource(path, workloadSwitchPlanSchema, NAMESPACE_KINDS, { namespace, keepPrevious: true });
  const [seen, setSeen] = useState<string>();
  const current = plan.status === 'ready' ? plan.value : undefined;
  if (current !== undefined && seen === undefined) setSeen(current.fingerprint);
  const accept = async () => {
    if (plan.status === 'ready') await plan.refresh();
    setSeen(undefined);
  };
  return { plan, isOvertaken: current !== undefined && seen !== undefined && current.fingerprint !== seen, accept };
}

/** Writes what a plan showed, on the condition that the template is still the one that it was made of. */
export async function writeWorkloadPlan(
  plan: WorkloadSwitchPlan,
  action: InjectionActionName,
  isDryRun: boolean,
): Promise<WorkloadSwitchResult> {
  const { resourceVersion, fingerprint } = plan;
  const body = { action, resourceVersion, fingerprint, ...(isDryRun ? { dryRun: true } : {}) };
  return workloadSwitchResultSchema.parse(await postJson(workloadInjectionPath(plan), body));
}
