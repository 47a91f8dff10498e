'use client';
import { useTranslations } from 'next-intl';
import { NAMESPACE_KINDS } from '@/components/injection/namespace-kinds';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { overviewAnswerSchema } from '@/lib/api/overview';
import { AllPodsBar } from './all-pods-bar';
import { CauseList } from './cause-list';
import { FiveNumbers } from './five-numbers';
import { OverviewSkeleton } from './overview-skeleton';
import { isBlind, OverviewVerdict } from './overview-verdict';
import { RecentChanges } from './recent-changes';
import { RevisionProgressList } from './revision-progress-list';

const KINDS = [...NAMESPACE_KINDS, 'services', 'endpointslices'];

/** The cluster at a glance: is injection as it should be, and where not? */
export function OverviewPage() {
  const t = useTranslations('overview');
  const data = useResource('/api/v1/overview', overviewAnswerSchema, KINDS);
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        verdict={
          answer !== undefined ? (
            <OverviewVerdict answer={answer} />
          ) : (
            data.status === 'loading' && <SkeletonLine className="mt-1 w-96 max-w-full" />
          )
        }
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={KINDS} />}
      <Block data={data} skeleton={<OverviewSkeleton />}>
        {(overview) => (
          <div className="flex flex-col gap-8">
            <FiveNumbers numbers={overview.numbers} />
            <AllPodsBar bar={overview.bar} total={overview.counts.total} />
            <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
              <CauseList causes={overview.causes} count={overview.causeCount} isBlind={isBlind(overview)} />
              <div className="flex min-w-0 flex-col gap-8">
                <RevisionProgressList progress={overview.progress} />
                <RecentChanges changes={overview.recent} />
              </div>
            </div>
          </div>
        )}
      </Block>
    </>
  );
}
