import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { NameCell } from '@/components/injection/row-cells';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import type { Column } from '@/components/shared/table-column';
import { namespaceHref } from '@/lib/api/hrefs';
import type { ProblemRow } from '@/lib/api/problems';
import { problemHref } from './problem-href';
import { RowAction } from './row-action';

function Because({ value }: { readonly value: ProblemRow['because'] }) {
  const text = usePhraseText();
  return (
    <span className="block truncate text-ink-2" title={text(value)}>
      <Phrase value={value} />
    </span>
  );
}

export function useProblemColumns(): readonly Column<ProblemRow>[] {
  const t = useTranslations('problems.column');
  return [
    {
      id: 'name',
      header: t('object'),
      width: '26%',
      cell: (row) => <NameCell href={problemHref(row)} name={row.name} />,
    },
    {
      id: 'kind',
      header: t('kind'),
      width: '112px',
      hideBelow: 'md',
      cell: ({ kind }) => <span className="text-ink-2">{kind}</span>,
    },
    {
      id: 'namespace',
      header: t('namespace'),
      width: '15%',
      cell: ({ kind, namespace }) =>
        kind === 'Namespace' || namespace === '' ? (
          <span className="text-ink-3">–</span>
        ) : (
          <Link href={namespaceHref(namespace)} className="mono block truncate hover:underline" prefetch={false}>
            {namespace}
          </Link>
        ),
    },
    { id: 'because', header: t('because'), hideBelow: 'lg', cell: ({ because }) => <Because value={because} /> },
    {
      id: 'pods',
      header: t('pods'),
      width: '64px',
      align: 'end',
      cell: ({ pods }) => (pods === 0 ? <span className="text-ink-3">–</span> : pods),
    },
    { id: 'action', header: t('action'), width: '156px', cell: (row) => <RowAction row={row} /> },
  ];
}
