import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { RelativeTime } from '@/components/shared/relative-time';
import { StateBadge } from '@/components/shared/state-badge';
import type { WorkloadAnswer } from '@/lib/api/workload';

/** Why pods that are wanted are not there: in plain words, then in the API server's own. */
export function WorkloadRefusal({ refusal }: { readonly refusal: NonNullable<WorkloadAnswer['refusal']> }) {
  const t = useTranslations('workload.refusal');
  return (
    <section className="mb-6 rounded-md border border-state-refused bg-panel px-4 py-3">
      <h2 className="flex flex-wrap items-baseline gap-x-3">
        <StateBadge state="refused">{t('title', { count: refusal.count })}</StateBadge>
        {refusal.at !== undefined && (
          <span className="text-ink-3">
            <RelativeTime at={refusal.at} />
          </span>
        )}
      </h2>
      <p className="mt-1 text-prose">
        <Phrase value={refusal.because} />
      </p>
      <pre className="mt-2 rounded-md border border-line bg-sunk px-3 py-2 text-sm break-words whitespace-pre-wrap">
        {refusal.message}
      </pre>
      {refusal.remedies.length > 0 && (
        <ul className="mt-2">
          {refusal.remedies.map(({ action, text }) => (
            <li key={`${action} ${text.code}`}>
              <Phrase value={text} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
