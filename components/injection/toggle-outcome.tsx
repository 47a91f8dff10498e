'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { toApiError } from '@/components/shared/api-error';
import { BlockFailure } from '@/components/shared/block-failure';
import { StateBadge } from '@/components/shared/state-badge';
import { showToast } from '@/components/shared/toast-store';
import { injectionResultSchema } from '@/lib/api/injection';
import { RolloutProgress } from './rollout-progress';
import { type ToggleDone, ToggleFrame } from './toggle-dialog';

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

/** After the switch: what stands there now, how the rollout goes, and the way back as long as nobody else changed the namespace. */
export function ToggleOutcome({ name, title, place, done, onClose, onNext }: ToggleOutcomeProps) {
  const t = useTranslations('toggle.done');
  const [undone, setUndone] = useState<string>();
  const { result, restarted, failure } = done;
  const takeBack = async (): Promise<string> => {
    try {
      const path = `/api/v1/namespaces/${encodeURIComponent(name)}/injection`;
      const body = { ...result.undo, resourceVersion: result.resourceVersion };
      const back = injectionResultSchema.parse(await postJson(path, body));
      return t('undone', { labels: labelText(back.after, t('none')) });
    } catch (error) {
      const { code, message } = toApiError(error);
      return code === 'conflict' ? t('undoConflict') : message;
    }
  };
  const undo = async () => setUndone(await takeBack());
  const close = () => {
    onClose();
    if (result.undo === undefined || undone !== undefined) return;
    const text = t('toast', { name, labels: labelText(result.after, t('none')) });
    const undoLater = async () => showToast({ tone: 'note', text: await takeBack() });
    showToast({ tone: 'done', text, action: { label: t('undo'), run: () => void undoLater() } });
  };
  return (
    <ToggleFrame
      title={title}
      place={place}
      onClose={close}
      footer={
        <>
          {result.undo !== undefined && undone === undefined && (
            <button type="button" className="button mr-auto" onClick={() => void undo()}>
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
      {undone !== undefined && (
        <p role="status" className="mb-4">
          {undone}
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
