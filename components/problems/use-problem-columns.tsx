import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { NameCell } from '@/components/injection/row-cells';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import type { Column } from '@/components/shared/table-column';
import { namespaceHref } from '@/lib/api/hrefs';
import type { ProblemRow } from '@/lib/api/problems';
import { problemHref } from './problem-href';
import { RowAction } from './row-action';

interface BecauseProps {
  readonly value: ProblemRow['because'];
  readonly isWrapped: boolean;
}

function Because({ value, isWrapped }: BecauseProps) {
  const text = usePhraseText();
  return isWrapped ? (
    <span className="block py-1.5 text-ink-2 wrap-anywhere whitespace-normal">
      <Phrase value={value} />
    </span>
  ) : (
    <span className="block truncate text-ink-2" title={text(value)}>
      <Phrase value={value} />
    </span>
  );
}

const isPlaced = ({ kind, namespace }: ProblemRow): boolean => kind !== 'Namespace' && namespace !== '';

/** Columns of the objects of one cause; on a narrow screen place and evidence stand under the name. */
export function useProblemColumns(isWrapped: boolean): readonly Column<ProblemRow>[] {
  const t = useTranslations('problems.column');
  return [
    {
      id: 'name',
      header: t('object'),
      cell: (row) => (
        <>
          <NameCell href={problemHref(row)} name={row.name} />
          {isPlaced(row) && <span className="mono block truncate text-ink-3 md:hidden">{row.namespace}</span>}
          <span className="lg:hidden">
            <Because value={row.because} isWrapped={isWrapped} />
          </span>
        </>
      ),
    },
    {
      id: 'kind',
      header: t('kind'),
      width: '112px',
      hideBelow: 'xl',
      cell: ({ kind }) => <span className="text-ink-2">{kind}</span>,
    },
    {
      id: 'namespace',
      header: t('namespace'),
      width: '14%',
      hideBelow: 'md',
      cell: (row) =>
        isPlaced(row) ? (
          <Link href={namespaceHref(row.namespace)} className="mono block truncate hover:underline" prefetch={false}>
            {row.namespace}
          </Link>
        ) : (
          <span className="text-ink-3">–</span>
        ),
    },
    {
      id: 'because',
      header: t('because'),
      width: '38%',
      hideBelow: 'lg',
      cell: ({ because }) => <Because value={because} isWrapped={isWrapped} />,
    },
    {
      id: 'pods',
      header: t('pods'),
      width: '60px',
      hideBelow: 'md',
      align: 'end',
      cell: ({ pods }) => (pods === 0 ? <span className="text-ink-3">–</span> : pods),
    },
    { id: 'action', header: t('action'), width: '112px', cell: (row) => <RowAction row={row} /> },
  ];
}
