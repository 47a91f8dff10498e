import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shared/page-head';
import { Phrase } from '@/components/shared/phrase';
import { RelativeTime } from '@/components/shared/relative-time';
import { SkeletonLine } from '@/components/shared/skeleton';
import { StateBadge } from '@/components/shared/state-badge';
import { namespaceHref, workloadHref } from '@/lib/api/hrefs';
import type { PodAnswer } from '@/lib/api/pod-head';

interface PodHeadProps {
  readonly namespace: string;
  readonly name: string;
  readonly answer: PodAnswer | undefined;
  readonly isFailed: boolean;
}

function useFacts(answer: PodAnswer | undefined) {
  const t = useTranslations('podPage.fact');
  if (answer === undefined) return [];
  const { pod, workload, namespace } = answer;
  return [
    { label: t('status'), value: `${pod.phase} · ${t('ready', { ready: pod.ready, containers: pod.containers })}` },
    {
      label: t('workload'),
      value:
        workload.kind === 'Pod' ? (
          t('bare')
        ) : (
          <Link href={workloadHref(namespace, workload.kind, workload.name)} className="link">
            {workload.kind} <span className="mono">{workload.name}</span>
          </Link>
        ),
    },
    ...(pod.revision === undefined
      ? []
      : [{ label: t('revision'), value: <span className="mono">{pod.revision}</span> }]),
    ...(pod.proxyImage === undefined
      ? []
      : [{ label: t('proxy'), value: <span className="mono">{pod.proxyImage}</span> }]),
    { label: t('ip'), value: <span className="mono">{pod.podIP || '–'}</span> },
    { label: t('node'), value: <span className="mono">{pod.nodeName || '–'}</span> },
    { label: t('age'), value: <RelativeTime at={pod.createdAt} /> },
  ];
}

/** The pod's name, its verdict in a sentence, and the facts that one looks up first. */
export function PodHead({ namespace, name, answer, isFailed }: PodHeadProps) {
  const t = useTranslations('podPage');
  const facts = useFacts(answer);
  const workload = answer?.workload;
  return (
    <PageHead
      crumbs={[
        { label: t('namespaces'), href: '/namespaces' },
        { label: namespace, href: namespaceHref(namespace) },
        ...(workload === undefined || workload.kind === 'Pod'
          ? []
          : [
              {
                label: `${workload.kind} ${workload.name}`,
                href: workloadHref(namespace, workload.kind, workload.name),
              },
            ]),
      ]}
      kind="Pod"
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
            <StateBadge state={answer.verdict.state} />
            <span>
              <Phrase value={answer.verdict.because} />
            </span>
          </span>
        )
      }
    />
  );
}
