'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '@/components/shared/copy-button';
import { Dialog } from '@/components/shared/dialog';
import type { InjectionActionName } from '@/lib/api/injection';
import { BulkOutcome } from './bulk-outcome';
import { obstacleOf } from './bulk-plan';
import { BulkSummary } from './bulk-summary';
import { BulkTable } from './bulk-table';
import { TargetChoice } from './target-choice';
import { useBulkPlans } from './use-bulk-plans';
import { type BulkTarget, useBulkRun } from './use-bulk-run';
import { useUndo } from './use-undo';

interface BulkDialogProps {
  readonly names: readonly string[];
  readonly action: InjectionActionName;
  readonly onClose: () => void;
}

/** Switches many namespaces: first what becomes of each, then, row by row, what came of it. */
export function BulkDialog({ names: given, action, onClose }: BulkDialogProps) {
  const t = useTranslations('bulk');
  const { offer } = useUndo();
  const [names] = useState(() => [...new Set(given)].sort());
  const [asked, setAsked] = useState<string>();
  const [isChosen, setIsChosen] = useState(false);
  const { planOf, readAgain } = useBulkPlans(names, action, asked);
  const run = useBulkRun(action, asked);

  const plans = names.map(planOf);
  const targets = plans.find((plan) => plan.kind === 'read')?.plan.targets ?? [];
  // A cluster without a default injector has no `istio-injection=enabled`: its first revision is the proposal.
  const [first] = targets;
  if (action === 'enable' && !isChosen && first !== undefined) {
    setIsChosen(true);
    if (first.revision !== undefined) setAsked(first.revision);
  }
  const ready = names.flatMap((name): BulkTarget[] => {
    const plan = planOf(name);
    if (plan.kind !== 'read' || obstacleOf(plan) !== undefined) return [];
    return [{ name, resourceVersion: plan.plan.resourceVersion }];
  });
  const script = plans.flatMap((plan) =>
    plan.kind === 'read' && !plan.plan.labels.isNoChange ? [plan.plan.labels.kubectl] : [],
  );
  const hasBegun = run.statuses.size > 0;
  const left = ready.filter(({ name }) => run.statuses.get(name)?.kind !== 'done');
  const isReading = plans.some(({ kind }) => kind === 'reading');
  const failed = run.namesOf('failed', 'cancelled');

  const close = () => {
    onClose();
    const last = run.actionIds.at(-1);
    if (last !== undefined) offer(last);
  };
  const retry = () => {
    readAgain(failed);
    run.forget(failed);
  };
  const isDone = hasBegun && !run.isRunning && (failed.length > 0 || left.length === 0);
  return (
    <Dialog
      isOpen
      onClose={close}
      size="wide"
      title={t(`title.${action}`, { count: names.length })}
      {...(hasBegun ? {} : { description: t('description') })}
      footer={
        <>
          {script.length > 0 && !hasBegun && (
            <span className="mr-auto">
              <CopyButton text={script.join('\n')}>{t('script', { count: script.length })}</CopyButton>
            </span>
          )}
          {run.isRunning ? (
            <button type="button" className="button" onClick={run.cancel}>
              {t('cancelRest')}
            </button>
          ) : (
            <button
              type="button"
              className={`button ${isDone && failed.length === 0 ? 'button-primary' : ''}`}
              onClick={close}
            >
              {t(hasBegun ? 'close' : 'cancel')}
            </button>
          )}
          {isDone && failed.length > 0 && (
            <button type="button" className="button button-primary" onClick={retry}>
              {t('retry', { count: failed.length })}
            </button>
          )}
          {!isDone && !run.isRunning && (
            <button
              type="button"
              className={`button ${action === 'enable' ? 'button-primary' : 'button-danger'}`}
              disabled={left.length === 0 || isReading}
              onClick={() => void run.start(left)}
            >
              {t(`act.${action}`, { count: left.length })}
            </button>
          )}
        </>
      }
    >
      {action === 'enable' && !hasBegun && targets.length > 1 && (
        <div className="mb-4">
          <h3 className="mb-1.5 text-sm font-medium text-ink-3">{t('choose')}</h3>
          <TargetChoice targets={targets} revision={asked} onRevision={setAsked} />
        </div>
      )}
      {hasBegun ? (
        <BulkOutcome run={run} total={run.statuses.size} />
      ) : (
        <BulkSummary plans={plans} ready={ready.length} />
      )}
      <BulkTable names={names} planOf={planOf} statuses={run.statuses} />
      {!hasBegun && <p className="mt-3 text-ink-2">{t('nothingRestarts')}</p>}
    </Dialog>
  );
}
