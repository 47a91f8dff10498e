import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { GateList } from './gate-list';
import { remedyHref } from './remedy-href';
import { RemedyLine } from './remedy-line';

interface WorkloadNextProps {
  readonly next: NonNullable<WorkloadAnswer['next']>;
  readonly workload: WorkloadAnswer['workload'];
}

/** The gates that the next pod would meet, and what would change its answer. */
export function WorkloadNext({ next, workload }: WorkloadNextProps) {
  const t = useTranslations('workload');
  return (
    <section className="mt-8">
      <h2 className="mb-1 text-prose font-semibold">{t('next')}</h2>
      <p className="mb-3 text-ink-2">
        <Phrase value={next.because} />
      </p>
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <GateList gates={next.gates} />
        {next.remedies.length > 0 && (
          <aside>
            <h3 className="mb-2 text-prose font-semibold">{t('change')}</h3>
            <ol className="flex flex-col gap-2">
              {next.remedies.map((remedy) => (
                <li key={`${remedy.action} ${remedy.text.code}`}>
                  <RemedyLine remedy={remedy} href={remedyHref(remedy.action, workload)} />
                </li>
              ))}
            </ol>
          </aside>
        )}
      </div>
    </section>
  );
}
