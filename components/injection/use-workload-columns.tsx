import { useTranslations } from 'next-intl';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import type { Column } from '@/components/shared/table-column';
import { workloadHref } from '@/lib/api/hrefs';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { NameCell, VerdictCell } from './row-cells';

export function useWorkloadColumns(): readonly Column<WorkloadRow>[] {
  const t = useTranslations('namespace.workloads.column');
  return [
    {
      id: 'name',
      header: t('name'),
      sortKey: 'name',
      width: '21%',
      cell: ({ namespace, kind, name }) => <NameCell href={workloadHref(namespace, kind, name)} name={name} />,
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
      cell: ({ state, because }) => <VerdictCell state={state} because={because} />,
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
