'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { previewStreamPath } from '@/components/preview/preview-address';
import { isRestartable, mergeRows } from '@/components/preview/preview-rows';
import { usePreviewStream } from '@/components/preview/use-preview-stream';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { Block } from '@/components/shared/block';
import { type InjectionActionName, type InjectionPlanAnswer, injectionResultSchema } from '@/lib/api/injection';
import { PlanSections } from './plan-sections';
import { readCurrentLabels } from './read-current-labels';
import { RefusedCount } from './refused-count';
import { type RestartedWorkload, restartAll } from './restart-all';
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

/** What the rows stand on: when it changes, they are rendered again. */
const versionOf = ({ resourceVersion, workloads, modeAfter }: InjectionPlanAnswer): string =>
  JSON.stringify([resourceVersion, workloads.map(({ kind, name }) => [kind, name]), modeAfter.servedBy]);

/** The switch as it would be, and the button that writes it; the previews of its workloads arrive meanwhile. */
export function TogglePlan({ name, action, title, place, onClose, onDone, onSkip }: TogglePlanProps) {
  const t = useTranslations('toggle');
  const { plan, revision, setRevision, isBehind, isOvertaken, accept } = useInjectionPlan(name, action);
  const [restarts, setRestarts] = useState<ReadonlySet<string>>(new Set());
  /** What the person agreed to, from then on: the write itself changes what the cluster answers. */
  const [submitted, setSubmitted] = useState<InjectionPlanAnswer>();
  const [failure, setFailure] = useState<{ readonly error: ApiError; readonly resourceVersion: string }>();
  const isBusy = submitted !== undefined;
  const value = submitted ?? (plan.status === 'ready' ? plan.value : undefined);
  const stream = usePreviewStream(
    value === undefined ? undefined : previewStreamPath(name, { action, revision }),
    value === undefined ? '' : versionOf(value),
  );
  const rows = value === undefined ? [] : mergeRows(value, stream.rows);

  const submit = async (seen: InjectionPlanAnswer) => {
    setSubmitted(seen);
    setFailure(undefined);
    try {
      const body = { action, resourceVersion: seen.resourceVersion, ...(revision === undefined ? {} : { revision }) };
      const path = `/api/v1/namespaces/${encodeURIComponent(name)}/injection`;
      const result = injectionResultSchema.parse(await postJson(path, body));
      const chosen = rows.filter((row) => isRestartable(row) && restarts.has(row.id));
      const restarted: RestartedWorkload[] = [];
      try {
        await restartAll(name, chosen, (one) => restarted.push(one));
        onDone({ result, restarted });
      } catch (error) {
        onDone({ result, restarted, failure: toApiError(error) });
      }
    } catch (error) {
      setFailure({ error: toApiError(error), resourceVersion: seen.resourceVersion });
      setSubmitted(undefined);
    }
  };
  const lookAgain = () => {
    setFailure(undefined);
    if (failure?.error.code === 'conflict') accept(readCurrentLabels(failure.error), failure.resourceVersion);
    else if (value !== undefined && isOvertaken) accept(value.labels.before);
  };

  const isBlocked = value === undefined || value.labels.isNoChange || !value.access.allowed || isOvertaken || isBehind;
  return (
    <ToggleFrame
      title={title}
      place={place}
      onClose={onClose}
      footer={
        <>
          {value?.access.allowed === true && <RefusedCount rows={rows} isWhole={stream.status === 'done'} />}
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
      {(failure !== undefined || (isOvertaken && !isBusy)) && (
        <ToggleConflict error={failure?.error} plan={value} onLookAgain={lookAgain} />
      )}
      <Block data={plan}>
        {(answer) => (
          <PlanSections
            action={action}
            plan={submitted ?? answer}
            revision={revision}
            onRevision={setRevision}
            rows={rows}
            stream={stream}
            restarts={restarts}
            onRestarts={setRestarts}
          />
        )}
      </Block>
    </ToggleFrame>
  );
}
