import { useTranslations } from 'next-intl';
import type { ApiError } from '@/components/shared/api-error';
import type { InjectionPlanAnswer } from '@/lib/api/injection';
import { readCurrentLabels } from './read-current-labels';

interface ToggleConflictProps {
  readonly error: ApiError | undefined;
  readonly plan: InjectionPlanAnswer | undefined;
  readonly onLookAgain: () => void;
}

/** What stands in the way of a write: somebody was faster, and what he changed; or the API server's refusal. */
export function ToggleConflict({ error, plan, onLookAgain }: ToggleConflictProps) {
  const t = useTranslations('toggle.conflict');
  const isConflict = error === undefined || error.code === 'conflict';
  const now = error === undefined ? plan?.labels.before : readCurrentLabels(error);
  const lines = now === undefined ? [] : Object.entries(now).map(([key, value]) => `${key}=${value}`);
  return (
    <div role="alert" className="mb-4 rounded-md border border-state-refused bg-state-refused-bg px-4 py-3">
      <p className="font-semibold text-state-refused">{isConflict ? t('title') : t('refused')}</p>
      {isConflict ? (
        <p className="mt-1">
          {t('now')} <code>{lines.length === 0 ? t('none') : lines.join(' ')}</code>
        </p>
      ) : (
        <p className="mt-1 break-words">{error.message}</p>
      )}
      <button type="button" className="button mt-2" onClick={onLookAgain}>
        {isConflict ? t('again') : t('dismiss')}
      </button>
    </div>
  );
}
