import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { canUndo } from './undo-store';
import type { useBulkRun } from './use-bulk-run';
import { useRecentActions } from './use-recent-actions';
import { useUndo } from './use-undo';

interface BulkOutcomeProps {
  readonly run: ReturnType<typeof useBulkRun>;
  readonly total: number;
}

/** How far it is, what failed, and the way back for all that was written. */
export function BulkOutcome({ run, total }: BulkOutcomeProps) {
  const t = useTranslations('bulk');
  const { undo } = useUndo();
  const actions = useRecentActions();
  const done = run.count('done');
  const failed = run.count('failed');
  const cancelled = run.count('cancelled');
  const ended = done + failed + cancelled;
  const undoable = run.actionIds.filter((id) => actions.some((one) => one.id === id && canUndo(one)));
  const undoAll = async () => {
    for (const id of undoable) await undo(id);
  };
  return (
    <div className="mb-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="min-w-0 flex-1 basis-60">
          {run.isRunning ? t('running', { done: ended, count: total }) : t('done', { done, count: total })}{' '}
          {failed > 0 && <span className="text-state-refused">{t('failed', { count: failed })} </span>}
          {cancelled > 0 && <span className="text-ink-2">{t('notBegun', { count: cancelled })}</span>}
        </p>
        {!run.isRunning && undoable.length > 0 && (
          <button type="button" className="button" onClick={() => void undoAll()}>
            <Undo2 aria-hidden="true" size={14} />
            {t('undoAll')}
          </button>
        )}
      </div>
      <progress className="sr-only" aria-label={t('progress')} value={ended} max={total} />
      <div aria-hidden="true" className="mt-2 flex h-1.5 overflow-hidden rounded-full bg-sunk">
        <span className="bg-state-injected" style={{ width: `${(done / total) * 100}%` }} />
        <span className="bg-state-refused" style={{ width: `${(failed / total) * 100}%` }} />
      </div>
    </div>
  );
}
