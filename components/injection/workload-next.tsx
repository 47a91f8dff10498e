import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { previewHref } from '@/components/preview/preview-address';
import { Phrase } from '@/components/shared/phrase';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { GateList } from './gate-list';
import { HazardList } from './hazard-list';
import { RealityCheck } from './reality-check';
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
        <Phrase value={next.because} />{' '}
        <Link
          href={previewHref(workload.namespace, workload.kind, workload.name, {})}
          className="link"
          prefetch={false}
        >
          {t('seePreview')}
        </Link>
      </p>
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <GateList gates={next.gates} />
          {next.rendering !== undefined && <RealityCheck rendering={next.rendering} />}
        </div>
        {(next.remedies.length > 0 || next.hazards.length > 0) && (
          <aside className="flex min-w-0 flex-col gap-6">
            {next.remedies.length > 0 && (
              <section>
                <h3 className="mb-2 text-prose font-semibold">{t('change')}</h3>
                <ol className="flex flex-col gap-2">
                  {next.remedies.map((remedy) => (
                    <li key={`${remedy.action} ${remedy.text.code}`}>
                      <RemedyLine remedy={remedy} href={remedyHref(remedy.action, workload)} />
                    </li>
                  ))}
                </ol>
              </section>
            )}
            <HazardList hazards={next.hazards} />
          </aside>
        )}
      </div>
    </section>
  );
}
