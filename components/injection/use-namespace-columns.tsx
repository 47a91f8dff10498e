import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import type { Column } from '@/components/shared/table-column';
import { namespaceHref } from '@/lib/api/hrefs';
import type { NamespaceRow } from '@/lib/api/namespaces';
import { ModeBadge, ServedBy } from './mode-badge';
import { ProblemCell } from './problem-cell';
import { NameCell } from './row-cells';

export function useNamespaceColumns(): readonly Column<NamespaceRow>[] {
  const t = useTranslations('namespaces.column');
  // The same columns as long as the language stays, so that rows are not drawn again for them.
  return useMemo<readonly Column<NamespaceRow>[]>(
    () => [
      {
        id: 'name',
        header: t('name'),
        sortKey: 'name',
        width: '17%',
        cell: ({ name }) => <NameCell href={namespaceHref(name)} name={name} />,
      },
      { id: 'mode', header: t('mode'), sortKey: 'mode', width: '18%', cell: ({ mode }) => <ModeBadge mode={mode} /> },
      {
        id: 'servedBy',
        header: t('servedBy'),
        width: '11%',
        hideBelow: 'md',
        cell: ({ mode }) => <ServedBy mode={mode} />,
      },
      {
        id: 'pods',
        header: t('pods'),
        sortKey: 'pods',
        width: '196px',
        cell: ({ counts }) => {
          const { total: _total, ...states } = counts;
          return <PodsBar counts={states} className="w-26" />;
        },
      },
      {
        id: 'problems',
        header: t('problems'),
        sortKey: 'problems',
        cell: ({ problems }) => <ProblemCell problems={problems} />,
      },
      {
        id: 'workloads',
        header: t('workloads'),
        sortKey: 'workloads',
        align: 'end',
        width: '112px',
        hideBelow: 'xl',
        cell: ({ workloads }) => workloads,
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
    ],
    [t],
  );
}
