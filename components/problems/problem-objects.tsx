'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Block } from '@/components/shared/block';
import { DataTable } from '@/components/shared/data-table';
import { Pagination } from '@/components/shared/pagination';
import { TableSkeleton } from '@/components/shared/table-skeleton';
import { useResource } from '@/components/shared/use-resource';
import { type ProblemGroup, type ProblemRow, problemsAnswerSchema } from '@/lib/api/problems';
import { GroupActions } from './group-actions';
import { type ProblemFilters, toProblemsQuery } from './problem-filters';
import { PROBLEM_KINDS } from './problem-kinds';
import { useProblemColumns } from './use-problem-columns';

const PAGE_SIZE = 500;
const MOST_DRAWN_AHEAD = 12;
/** Up to here the evidence stands in full; longer lists keep rows of one height, which scrolling counts on. */
const MOST_WRAPPED = 50;

interface ProblemObjectsProps {
  readonly group: ProblemGroup;
  readonly filters: ProblemFilters;
  readonly onBulk: (names: readonly string[]) => void;
}

/** The objects that one cause concerns, and what can be done about them. Read when the group is opened. */
export function ProblemObjects({ group, filters, onBulk }: ProblemObjectsProps) {
  const t = useTranslations('problems');
  const columns = useProblemColumns(group.objects <= MOST_WRAPPED);
  const [page, setPage] = useState(0);
  const query = { cause: group.cause, limit: String(PAGE_SIZE), continue: page === 0 ? '' : String(page * PAGE_SIZE) };
  const data = useResource(`/api/v1/problems?${toProblemsQuery(filters, query)}`, problemsAnswerSchema, PROBLEM_KINDS, {
    keepPrevious: true,
  });
  return (
    <Block
      data={data}
      skeleton={<TableSkeleton columns={columns} rowCount={Math.min(MOST_DRAWN_AHEAD, group.objects)} />}
    >
      {({ items, list }) => {
        // A page that became empty since objects were mended: the last one that is there is shown.
        if (items.length === 0 && page > 0) setPage(Math.max(0, Math.ceil(list.total / PAGE_SIZE) - 1));
        return (
          <>
            <GroupActions rows={items} onBulk={onBulk} />
            <DataTable<ProblemRow>
              label={t('objects')}
              columns={columns}
              rows={items}
              rowId={({ kind, namespace, name }) => `${kind}/${namespace}/${name}`}
              minWidth={300}
            />
            <Pagination
              from={page * PAGE_SIZE + 1}
              to={page * PAGE_SIZE + items.length}
              total={list.total}
              onPrevious={page === 0 ? undefined : () => setPage(page - 1)}
              onNext={list.continue === undefined ? undefined : () => setPage(page + 1)}
            />
          </>
        );
      }}
    </Block>
  );
}
