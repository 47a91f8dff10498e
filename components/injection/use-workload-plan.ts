'use client';
import { useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
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

/** A rollout writes status all the time; who loses this race so often is told. */
const MOST_TRIES = 4;

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

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The version to try again with: that of an object whose template is still the one that was seen. */
function versionToTry(error: ApiError, fingerprint: string): string | undefined {
  const current = isObject(error.details) ? error.details.current : undefined;
  if (error.code !== 'conflict' || !isObject(current) || current.fingerprint !== fingerprint) return undefined;
  return typeof current.resourceVersion === 'string' ? current.resourceVersion : undefined;
}

/** Writes what a plan showed. A new version alone, of a status or a scale, is no conflict; an edited template is. */
export async function writeWorkloadPlan(
  plan: WorkloadSwitchPlan,
  action: InjectionActionName,
  isDryRun: boolean,
): Promise<WorkloadSwitchResult> {
  let resourceVersion = plan.resourceVersion;
  for (let tries = 1; ; tries += 1) {
    try {
      const body = { action, resourceVersion, ...(isDryRun ? { dryRun: true } : {}) };
      return workloadSwitchResultSchema.parse(await postJson(workloadInjectionPath(plan), body));
    } catch (caught) {
      const error = toApiError(caught);
      const next = versionToTry(error, plan.fingerprint);
      if (next === undefined || tries === MOST_TRIES) throw error;
      resourceVersion = next;
    }
  }
}
