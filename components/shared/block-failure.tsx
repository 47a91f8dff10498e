import { useTranslations } from 'next-intl';
import { type ApiError, readMissingRight } from './api-error';
import { StateShape } from './state-shape';
import { useErrorWords } from './use-error-words';

interface BlockFailureProps {
  readonly error: ApiError;
  readonly onRetry?: () => void;
}

/** What failed, why, and what to do; where RBAC forbids it, the right that is missing. */
export function BlockFailure({ error, onRetry }: BlockFailureProps) {
  const t = useTranslations('shared');
  const { title, action } = useErrorWords()(error);
  const right = readMissingRight(error);
  return (
    <div role="alert" className="flex gap-3 rounded-md border border-line bg-panel px-4 py-3">
      <span className="pt-0.5">
        <StateShape state={error.code === 'forbidden' ? 'missing' : 'refused'} size={14} />
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <p className="break-words text-ink-2">{error.message}</p>
        {right !== null && (
          <p className="mt-1">
            {t.rich('block.missingRight', { right: () => <code className="font-semibold">{right}</code> })}
          </p>
        )}
        <p className="mt-1 text-ink-2">{action}</p>
        {onRetry !== undefined && (
          <button type="button" className="button mt-2" onClick={onRetry}>
            {t('block.retry')}
          </button>
        )}
      </div>
    </div>
  );
}
