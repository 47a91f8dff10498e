'use client';
import { useState } from 'react';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadSwitchResult } from '@/lib/api/workload-switch';
import { partOfWorkload } from './undo-part';
import { recordAction } from './undo-store';
import { WorkloadActionOutcome } from './workload-action-outcome';
import { WorkloadActionPlan } from './workload-action-plan';

export interface SwitchedWorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

interface WorkloadActionDialogProps {
  readonly workload: SwitchedWorkloadName;
  readonly action: InjectionActionName;
  readonly onClose: () => void;
}

/** Switches one workload by its pod template: what would be, then what came of it. */
export function WorkloadActionDialog({ workload, action, onClose }: WorkloadActionDialogProps) {
  const [done, setDone] = useState<{ readonly result: WorkloadSwitchResult; readonly id: number }>();
  const finish = (result: WorkloadSwitchResult, acted: InjectionActionName) =>
    setDone({ result, id: recordAction(acted, [partOfWorkload(result)]) });
  return done === undefined ? (
    <WorkloadActionPlan workload={workload} initial={action} onClose={onClose} onDone={finish} />
  ) : (
    <WorkloadActionOutcome workload={workload} result={done.result} actionId={done.id} onClose={onClose} />
  );
}
