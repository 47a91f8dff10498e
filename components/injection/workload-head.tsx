import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shared/page-head';
import { Phrase } from '@/components/shared/phrase';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import { SkeletonLine } from '@/components/shared/skeleton';
import { StateBadge } from '@/components/shared/state-badge';
import { namespaceHref } from '@/lib/api/hrefs';
import type { WorkloadAnswer } from '@/lib/api/workload';
import { ServedBy } from './mode-badge';

interface WorkloadHeadProps {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly answer: WorkloadAnswer | undefined;
  readonly isFailed: boolean;
  readonly onRestart: () => void;
}

function useFacts(answer: WorkloadAnswer | undefined) {
  const t = useTranslations('workload.fact');
  if (answer === undefined) return [];
  const { workload, mode, rollout } = answer;
  const { total: _total, ...states } = workload.counts;
  return [
    { label: t('pods'), value: <PodsBar counts={states} /> },
    {
      label: t('revision'),
      value: <span className="mono">{workload.revisions.length === 0 ? '–' : workload.revisions.join(', ')}</span>,
    },
    { label: t('servedBy'), value: <ServedBy mode={mode} /> },
    ...(rollout === undefined
      ? []
      : [
          {
            label: t('rollout'),
            value: rollout.isPaused
              ? t('paused')
              : t('updated', { updated: rollout.updated, replicas: rollout.replicas, ready: rollout.ready }),
          },
        ]),
    ...(rollout?.restartedAt === undefined
      ? []
      : [{ label: t('restarted'), value: <RelativeTime at={rollout.restartedAt} /> }]),
    { label: t('age'), value: <RelativeTime at={workload.createdAt} /> },
  ];
}

export function WorkloadHead({ namespace, kind, name, answer, isFailed, onRestart }: WorkloadHeadProps) {
  const t = useTranslations('workload');
  const facts = useFacts(answer);
  return (
    <PageHead
      crumbs={[
        { label: t('namespaces'), href: '/namespaces' },
        { label: namespace, href: namespaceHref(namespace) },
      ]}
      kind={kind}
      title={name}
      isName
      facts={facts}
      verdict={
        answer === undefined ? (
          isFailed ? undefined : (
            <SkeletonLine className="mt-1 w-96" />
          )
        ) : (
          <span className="inline-flex flex-wrap items-baseline gap-x-2">
            <StateBadge state={answer.workload.state} />
            <span>
              <Phrase value={answer.workload.because} />
            </span>
          </span>
        )
      }
      actions={
        answer?.workload.canRestart === true && (
          <button type="button" className="button" onClick={onRestart}>
            <RotateCw aria-hidden="true" size={14} />
            {t('restart')}
          </button>
        )
      }
    />
  );
}
