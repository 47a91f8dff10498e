import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import { workloadHref } from '@/lib/api/hrefs';
import type { WorkloadRow } from '@/lib/api/namespaces';

export function useWorkloadColumns(): readonly Column<WorkloadRow>[] {
  const t = useTranslations('namespace.workloads.column');
  const phraseText = usePhraseText();
  return [
    {
      id: 'name',
      header: t('name'),
      sortKey: 'name',
      width: '21%',
      cell: ({ namespace, kind, name }) => (
        <span className="group flex min-w-0 items-center gap-1">
          <Link
            href={workloadHref(namespace, kind, name)}
            className="mono truncate font-semibold hover:underline"
            prefetch={false}
          >
            {name}
          </Link>
          <CopyButton text={name} isQuiet />
        </span>
      ),
    },
    {
      id: 'kind',
      header: t('kind'),
      sortKey: 'kind',
      width: '116px',
      hideBelow: 'md',
      cell: ({ kind }) => <span className="text-ink-2">{kind}</span>,
    },
    {
      id: 'pods',
      header: t('pods'),
      sortKey: 'pods',
      width: '176px',
      cell: ({ counts }) => {
        const { total: _total, ...states } = counts;
        return <PodsBar counts={states} className="w-20" />;
      },
    },
    {
      id: 'state',
      header: t('verdict'),
      sortKey: 'state',
      cell: ({ state, because }) => (
        <span className="flex min-w-0 items-center gap-2" title={phraseText(because)}>
          <StateBadge state={state} />
          <span className="min-w-0 truncate text-ink-2">
            <Phrase value={because} />
          </span>
        </span>
      ),
    },
    {
      id: 'revision',
      header: t('revision'),
      sortKey: 'revision',
      width: '104px',
      hideBelow: 'lg',
      cell: ({ revisions }) => <span className="mono">{revisions.length === 0 ? '–' : revisions.join(', ')}</span>,
    },
    {
      id: 'age',
      header: t('age'),
      sortKey: 'age',
      align: 'end',
      width: '72px',
      hideBelow: 'lg',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ];
}
