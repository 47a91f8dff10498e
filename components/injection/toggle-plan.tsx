'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { Block } from '@/components/shared/block';
import { type InjectionActionName, type InjectionPlanAnswer, injectionResultSchema } from '@/lib/api/injection';
import { PlanSections } from './plan-sections';
import { type RestartedWorkload, type RestartTarget, restartAll } from './restart-all';
import { ToggleConflict } from './toggle-conflict';
import { type ToggleDone, ToggleFrame } from './toggle-dialog';
import { useInjectionPlan } from './use-injection-plan';

interface TogglePlanProps {
  readonly name: string;
  readonly action: InjectionActionName;
  readonly title: string;
  readonly place: string | undefined;
  readonly onClose: () => void;
  readonly onDone: (done: ToggleDone) => void;
  readonly onSkip: (() => void) | undefined;
}

/** Workloads that a restart changes and that can be restarted. */
export function restartable(plan: InjectionPlanAnswer): readonly RestartTarget[] {
  return plan.workloads.filter(
    ({ restart, becomes }) =>
      restart === 'rollout' && (becomes === 'gains' || becomes === 'loses' || becomes === 'changes-revision'),
  );
}

export function TogglePlan({ name, action, title, place, onClose, onDone, onSkip }: TogglePlanProps) {
  const t = useTranslations('toggle');
  const { plan, revision, setRevision, isOvertaken, accept } = useInjectionPlan(name, action);
  const [restarts, setRestarts] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError>();
  const value = plan.status === 'ready' ? plan.value : undefined;

  const submit = async (seen: InjectionPlanAnswer) => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      const body = { action, resourceVersion: seen.resourceVersion, ...(revision === undefined ? {} : { revision }) };
      const path = `/api/v1/namespaces/${encodeURIComponent(name)}/injection`;
      const result = injectionResultSchema.parse(await postJson(path, body));
      const chosen = restartable(seen).filter((row) => restarts.has(`${row.kind}/${row.name}`));
      const restarted: RestartedWorkload[] = [];
      try {
        await restartAll(name, chosen, (one) => restarted.push(one));
        onDone({ result, restarted });
      } catch (error) {
        onDone({ result, restarted, failure: toApiError(error) });
      }
    } catch (error) {
      setFailure(toApiError(error));
      setIsBusy(false);
    }
  };

  const isBlocked = value === undefined || value.labels.isNoChange || !value.access.allowed || isOvertaken;
  return (
    <ToggleFrame
      title={title}
      place={place}
      onClose={onClose}
      footer={
        <>
          {value !== undefined && !value.access.allowed && (
            <p className="mr-auto text-state-missing">
              {value.access.reason === 'read-only' ? t('readOnly') : t('noRight', { right: value.access.right })}
            </p>
          )}
          <button type="button" className="button" onClick={onClose}>
            {t('cancel')}
          </button>
          {onSkip !== undefined && (
            <button type="button" className="button" onClick={onSkip}>
              {t('skip')}
            </button>
          )}
          <button
            type="button"
            className={`button ${action === 'enable' ? 'button-primary' : 'button-danger'}`}
            disabled={isBlocked || isBusy}
            onClick={() => value !== undefined && void submit(value)}
          >
            {t(isBusy ? 'busy' : `act.${action}`, { name })}
          </button>
        </>
      }
    >
      {(failure !== undefined || isOvertaken) && (
        <ToggleConflict
          error={failure}
          plan={value}
          onLookAgain={() => {
            setFailure(undefined);
            void accept();
          }}
        />
      )}
      <Block data={plan}>
        {(answer) => (
          <PlanSections
            action={action}
            plan={answer}
            revision={revision}
            onRevision={setRevision}
            restarts={restarts}
            onRestarts={setRestarts}
          />
        )}
      </Block>
    </ToggleFrame>
  );
}
