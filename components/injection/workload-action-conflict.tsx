import { useTranslations } from 'next-intl';
import type { ApiError } from '@/components/shared/api-error';
import { INJECT_KEY } from '@/lib/core/kube/names';

interface WorkloadActionConflictProps {
  readonly error: ApiError | undefined;
  /** The label as the latest plan has it. */
  readonly now: string | null | undefined;
  readonly onLookAgain: () => void;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function labelNow({ details }: ApiError): string | null | undefined {
  const current = isObject(details) && isObject(details.current) ? details.current : undefined;
  return typeof current?.label === 'string' ? current.label : null;
}

/** What stands in the way of a write: somebody edited the template, or the cluster's refusal. */
export function WorkloadActionConflict({ error, now, onLookAgain }: WorkloadActionConflictProps) {
  const t = useTranslations('workloadSwitch.conflict');
  const tToggle = useTranslations('toggle.conflict');
  const isConflict = error === undefined || error.code === 'conflict';
  const label = error === undefined ? now : labelNow(error);
  return (
    <div role="alert" className="mb-4 rounded-md border border-state-refused bg-state-refused-bg px-4 py-3">
      <p className="font-semibold text-state-refused">{isConflict ? t('title') : tToggle('refused')}</p>
      {isConflict ? (
        <p className="mt-1">
          {t('now')} <code>{label == null ? t('none') : `${INJECT_KEY}: ${JSON.stringify(label)}`}</code>
        </p>
      ) : (
        <p className="mt-1 break-words">{error.message}</p>
      )}
      <button type="button" className="button mt-2" onClick={onLookAgain}>
        {isConflict ? tToggle('again') : tToggle('dismiss')}
      </button>
    </div>
  );
}
