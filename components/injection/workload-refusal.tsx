import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { Phrase } from '@/components/shared/phrase';
import { RelativeTime } from '@/components/shared/relative-time';
import { StateBadge } from '@/components/shared/state-badge';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { remedyHref } from './remedy-href';
import { RemedyLine } from './remedy-line';

type Refusal = NonNullable<WorkloadAnswer['refusal']>;

interface WorkloadRefusalProps {
  readonly refusal: Refusal;
  readonly workload: WorkloadAnswer['workload'];
}

/** Whether the sentence only repeats what the message below says at length. */
function isRepeated({ because, message }: Refusal): boolean {
  const detail = because.values?.detail;
  return typeof detail === 'string' && message.includes(detail);
}

/** Why pods that are wanted are not there: in plain words where they add to it, then in the API server's own. */
export function WorkloadRefusal({ refusal, workload }: WorkloadRefusalProps) {
  const t = useTranslations('workload.refusal');
  return (
    <section className="mb-6 rounded-md border border-state-refused bg-panel px-4 py-3">
      <h2 className="flex flex-wrap items-baseline gap-x-3">
        <StateBadge state="refused">{t('title', { count: refusal.count })}</StateBadge>
        {refusal.at !== undefined && (
          <span className="text-ink-3">{t.rich('seen', { ago: () => <RelativeTime at={refusal.at} /> })}</span>
        )}
      </h2>
      {!isRepeated(refusal) && (
        <p className="mt-1 text-prose">
          <Phrase value={refusal.because} />
        </p>
      )}
      <div className="mt-2 flex items-start gap-2 rounded-md border border-line bg-sunk py-1.5 pr-1 pl-3">
        <pre className="min-w-0 flex-1 py-0.5 text-sm break-words whitespace-pre-wrap">{refusal.message}</pre>
        <CopyButton text={refusal.message} label={t('copy')} />
      </div>
      {refusal.remedies.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {refusal.remedies.map((remedy) => (
            <li key={`${remedy.action} ${remedy.text.code}`}>
              <RemedyLine remedy={remedy} href={remedyHref(remedy.action, workload)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
