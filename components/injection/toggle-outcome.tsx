'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { BlockFailure } from '@/components/shared/block-failure';
import { StateBadge } from '@/components/shared/state-badge';
import type { InjectionActionName, InjectionResult } from '@/lib/api/injection';
import { INJECTION_LABEL } from '@/lib/core/kube/names';
import { RolloutProgress } from './rollout-progress';
import { type ToggleDone, ToggleFrame } from './toggle-dialog';
import { partOfNamespace } from './undo-part';
import { canUndo, recordAction } from './undo-store';
import { useRecentActions } from './use-recent-actions';
import { useUndo } from './use-undo';

interface ToggleOutcomeProps {
  readonly name: string;
  readonly title: string;
  readonly place: string | undefined;
  readonly done: ToggleDone;
  readonly onClose: () => void;
  readonly onNext: (() => void) | undefined;
}

const labelText = (labels: Readonly<Record<string, string>>, none: string) => {
  const parts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return parts.length === 0 ? none : parts.join(' ');
};

function actionOf({ after }: InjectionResult): InjectionActionName {
  if (Object.keys(after).length === 0) return 'unset';
  return after[INJECTION_LABEL] === 'disabled' ? 'disable' : 'enable';
}

/** After the switch: what stands there now, how the rollout goes, and the way back as long as nobody else changed the namespace. */
export function ToggleOutcome({ name, title, place, done, onClose, onNext }: ToggleOutcomeProps) {
  const t = useTranslations('toggle.done');
  const { result, restarted, failure } = done;
  const { undo, offer } = useUndo();
  const [actionId, setActionId] = useState<number>();
  useEffect(() => setActionId(recordAction(actionOf(result), [partOfNamespace(result)])), [result]);
  const action = useRecentActions().find(({ id }) => id === actionId);
  const [outcome] = action?.outcomes ?? [];
  const close = () => {
    onClose();
    if (actionId !== undefined) offer(actionId);
  };
  return (
    <ToggleFrame
      title={title}
      place={place}
      onClose={close}
      footer={
        <>
          {action !== undefined && canUndo(action) && (
            <button type="button" className="button mr-auto" onClick={() => void undo(action.id)}>
              <Undo2 aria-hidden="true" size={14} />
              {t('undo')}
            </button>
          )}
          {onNext !== undefined && (
            <button type="button" className="button button-primary" onClick={onNext}>
              {t('next')}
            </button>
          )}
          <button type="button" className={`button ${onNext === undefined ? 'button-primary' : ''}`} onClick={close}>
            {t('close')}
          </button>
        </>
      }
    >
      <p role="status" className="mb-4 flex flex-wrap items-center gap-2">
        <StateBadge state="injected">{t('written')}</StateBadge>
        <code>{labelText(result.after, t('none'))}</code>
      </p>
      {outcome !== undefined && (
        <p role="status" className="mb-4">
          {outcome.kind === 'undone' && t('undone', { labels: outcome.now === '' ? t('none') : outcome.now })}
          {outcome.kind === 'changed' && t('undoConflict')}
          {outcome.kind === 'failed' && outcome.error.message}
        </p>
      )}
      {failure !== undefined && (
        <div className="mb-4">
          <BlockFailure error={failure} />
        </div>
      )}
      {restarted.length === 0 ? (
        <p className="text-ink-2">{t('nothingRestarted')}</p>
      ) : (
        <RolloutProgress namespace={name} workloads={restarted} />
      )}
    </ToggleFrame>
  );
}
