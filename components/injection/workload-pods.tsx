'use client';
import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { RelativeTime } from '@/components/shared/relative-time';
import type { Column } from '@/components/shared/table-column';
import { podHref } from '@/lib/api/hrefs';
import type { PodRow } from '@/lib/api/workload';
import { NameCell, VerdictCell } from './row-cells';

interface WorkloadPodsProps {
  readonly namespace: string;
  readonly pods: readonly PodRow[];
}

function useColumns(namespace: string): readonly Column<PodRow>[] {
  const t = useTranslations('workload.column');
  return [
    {
      id: 'name',
      header: t('pod'),
      width: '32%',
      cell: ({ name }) => <NameCell href={podHref(namespace, name)} name={name} />,
    },
    {
      id: 'verdict',
      header: t('verdict'),
      cell: ({ state, because }) => <VerdictCell state={state} because={because} />,
    },
    {
      id: 'ready',
      header: t('ready'),
      width: '72px',
      align: 'end',
      cell: ({ ready, containers }) => `${ready}/${containers}`,
    },
    {
      id: 'phase',
      header: t('status'),
      width: '128px',
      hideBelow: 'md',
      cell: ({ phase, isTerminating }) => (isTerminating ? t('leaving') : phase),
    },
    {
      id: 'node',
      header: t('node'),
      width: '136px',
      hideBelow: 'lg',
      cell: ({ nodeName }) => <span className="mono">{nodeName || '–'}</span>,
    },
    {
      id: 'age',
      header: t('age'),
      width: '72px',
      align: 'end',
      hideBelow: 'md',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ];
}

/** The pods of a workload, each with its own verdict. */
export function WorkloadPods({ namespace, pods }: WorkloadPodsProps) {
  const t = useTranslations('workload');
  const columns = useColumns(namespace);
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('pods')}</h2>
      <DataTable<PodRow>
        label={t('pods')}
        columns={columns}
        rows={pods}
        rowId={({ name }) => name}
        empty={<EmptyState title={t('noPods')}>{t('noPodsHint')}</EmptyState>}
      />
    </section>
  );
}
