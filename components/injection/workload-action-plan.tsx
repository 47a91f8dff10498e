'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { Block } from '@/components/shared/block';
import { Dialog } from '@/components/shared/dialog';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadSwitchPlan, WorkloadSwitchResult } from '@/lib/api/workload-switch';
import { useWorkloadPlan, writeWorkloadPlan } from './use-workload-plan';
import { WorkloadActionChoice } from './workload-action-choice';
import { WorkloadActionConflict } from './workload-action-conflict';
import type { SwitchedWorkloadName } from './workload-action-dialog';
import { WorkloadActionSections } from './workload-action-sections';

interface WorkloadActionPlanProps {
  readonly workload: SwitchedWorkloadName;
  readonly initial: InjectionActionName;
  readonly onClose: () => void;
  readonly onDone: (result: WorkloadSwitchResult, action: InjectionActionName) => void;
}

/** What a switch of one workload would do, and the buttons that try it and do it. */
export function WorkloadActionPlan({ workload, initial, onClose, onDone }: WorkloadActionPlanProps) {
  const t = useTranslations('workloadSwitch');
  const tToggle = useTranslations('toggle');
  const [action, setAction] = useState(initial);
  const [isBusy, setIsBusy] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const { plan, isOvertaken, accept } = useWorkloadPlan(workload, action);
  const value = plan.status === 'ready' ? plan.value : undefined;

  const write = async (seen: WorkloadSwitchPlan, isDryRun: boolean) => {
    setIsBusy(true);
    setFailure(undefined);
    setIsTried(false);
    try {
      const result = await writeWorkloadPlan(seen, action, isDryRun);
      if (isDryRun) setIsTried(true);
      else onDone(result, action);
    } catch (error) {
      setFailure(toApiError(error));
    }
    setIsBusy(false);
  };
  const isBlocked = value === undefined || value.isNoChange || !value.access.allowed || isOvertaken || isBusy;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('title', { kind: workload.kind, name: workload.name })}
      description={t('description')}
      footer={
        <>
          {value !== undefined && !value.access.allowed && (
            <p className="mr-auto text-state-missing">
              {value.access.reason === 'read-only'
                ? tToggle('readOnly')
                : tToggle('noRight', { right: value.access.right })}
            </p>
          )}
          {value?.access.allowed === true && (
            <button
              type="button"
              className="button mr-auto"
              disabled={isBlocked}
              onClick={() => value !== undefined && void write(value, true)}
            >
              {t('dryRun')}
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            {tToggle('cancel')}
          </button>
          <button
            type="button"
            className={`button ${action === 'disable' ? 'button-danger' : 'button-primary'}`}
            disabled={isBlocked}
            onClick={() => value !== undefined && void write(value, false)}
          >
            {isBusy ? tToggle('busy') : t(`act.${action}`)}
          </button>
        </>
      }
    >
      {(failure !== undefined || isOvertaken) && (
        <WorkloadActionConflict
          error={failure}
          now={value?.before}
          onLookAgain={() => {
            setFailure(undefined);
            void accept();
          }}
        />
      )}
      {isTried && (
        <p role="status" className="mb-4 rounded-md border border-line bg-sunk px-3 py-2">
          {t('dryRunDone')}
        </p>
      )}
      <Block data={plan}>
        {(answer) => (
          <>
            <WorkloadActionChoice
              plan={answer}
              action={action}
              onAction={(next) => {
                setAction(next);
                setIsTried(false);
                setFailure(undefined);
              }}
            />
            <WorkloadActionSections plan={answer} action={action} />
          </>
        )}
      </Block>
    </Dialog>
  );
}
