'use client';
import { useTranslations } from 'next-intl';
import { NAMESPACE_KINDS } from '@/components/injection/namespace-kinds';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { type OverviewAnswer, overviewAnswerSchema } from '@/lib/api/overview';
import { AllPodsBar } from './all-pods-bar';
import { CauseList } from './cause-list';
import { FiveNumbers } from './five-numbers';
import { RecentChanges } from './recent-changes';
import { RevisionProgressList } from './revision-progress-list';

function Verdict({ answer }: { readonly answer: OverviewAnswer }) {
  const t = useTranslations('overview');
  const { counts, namespaces, causeCount } = answer;
  const astray = counts.outdated + counts.missing + counts.refused;
  const b = (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
  if (namespaces.total === 0) return <>{t('verdict.empty')}</>;
  if (answer.progress.length === 0) return <>{t('verdict.noIstio')}</>;
  return astray === 0 && causeCount === 0
    ? t.rich('verdict.fine', { b, pods: counts.total, injecting: namespaces.injecting, namespaces: namespaces.total })
    : t.rich('verdict.astray', { b, astray, pods: counts.total, causes: causeCount });
}

/** The cluster at a glance: is injection as it should be, and where not? */
export function OverviewPage() {
  const t = useTranslations('overview');
  const data = useResource('/api/v1/overview', overviewAnswerSchema, [
    ...NAMESPACE_KINDS,
    'services',
    'endpointslices',
  ]);
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        verdict={answer === undefined ? <SkeletonLine className="mt-1 w-96" /> : <Verdict answer={answer} />}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      <Block data={data}>
        {(overview) => (
          <div className="flex flex-col gap-8">
            <FiveNumbers numbers={overview.numbers} />
            <AllPodsBar bar={overview.bar} total={overview.counts.total} />
            <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
              <CauseList causes={overview.causes} count={overview.causeCount} />
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
