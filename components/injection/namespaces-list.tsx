'use client';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useState } from 'react';
import { Block } from '@/components/shared/block';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { Pagination } from '@/components/shared/pagination';
import { SkeletonLine } from '@/components/shared/skeleton';
import { TableSkeleton } from '@/components/shared/table-skeleton';
import { useListState } from '@/components/shared/use-list-state';
import { useResource } from '@/components/shared/use-resource';
import type { InjectionActionName } from '@/lib/api/injection';
import { type NamespaceRow, type NamespacesAnswer, namespacesAnswerSchema } from '@/lib/api/namespaces';
import { BulkBar } from './bulk-bar';
import { BulkDialog } from './bulk-dialog';
import { NAMESPACE_KINDS } from './namespace-kinds';
import { NamespaceMenu } from './namespace-menu';
import { NamespacesSummary } from './namespaces-summary';
import { type NamespaceFilters, NamespacesToolbar, POD_STATE_FILTERS } from './namespaces-toolbar';
import { ToggleDialog } from './toggle-dialog';
import { useNamespaceColumns } from './use-namespace-columns';

const PAGE_SIZE = 50;

function toQuery(filters: NamespaceFilters): Record<string, string> {
  return {
    limit: String(PAGE_SIZE),
    mode: filters.mode ?? '',
    revision: filters.revision ?? '',
    state: filters.state ?? '',
    problems: filters.problems ? 'true' : '',
  };
}

/** The namespaces of the cluster with what can be done with each. */
export function NamespacesList() {
  const t = useTranslations('namespaces');
  const columns = useNamespaceColumns();
  const list = useListState('name');
  const [filters, setFilters] = useQueryStates({
    mode: parseAsStringLiteral(['sidecar', 'off', 'ambient', 'unknown']),
    revision: parseAsString,
    state: parseAsStringLiteral(POD_STATE_FILTERS),
    problems: parseAsBoolean.withDefault(false),
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [toggle, setToggle] = useState<{ readonly names: readonly string[]; readonly action: InjectionActionName }>();
  const rowMenu = useCallback(
    ({ name }: NamespaceRow) => (
      <NamespaceMenu name={name} onAction={(action) => setToggle({ names: [name], action })} />
    ),
    [],
  );
  const data = useResource(
    `/api/v1/namespaces?${list.query(toQuery(filters))}`,
    namespacesAnswerSchema,
    NAMESPACE_KINDS,
    {
      keepPrevious: true,
    },
  );
  const answer = data.status === 'ready' ? data.value : undefined;

  const table = ({ items, list: found }: NamespacesAnswer) => {
    const from = list.token === '' ? 0 : Number(list.token);
    const next = found.continue;
    return (
      <>
        <DataTable<NamespaceRow>
          label={t('title')}
          columns={columns}
          rows={items}
          rowId={({ name }) => name}
          sort={list.sort}
          onSort={list.setSort}
          selection={{ ids: selected, onChange: setSelected }}
          rowMenu={rowMenu}
          minWidth={760}
          empty={
            <EmptyState
              title={found.all === 0 ? t('empty.none') : t('empty.noMatch', { search: list.search || '–' })}
              action={
                found.all > 0 && (
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      list.setSearch('');
                      void setFilters({ mode: null, revision: null, state: null, problems: null });
                    }}
                  >
                    {t('empty.clear')}
                  </button>
                )
              }
            >
              {found.all === 0 ? t('empty.noneHint') : t('empty.noMatchHint', { count: found.all })}
            </EmptyState>
          }
        />
        <Pagination
          from={from + 1}
          to={from + items.length}
          total={found.total}
          onPrevious={list.goPrevious}
          onNext={next === undefined ? undefined : () => list.goNext(next)}
        />
      </>
    );
  };

  return (
    <>
      <PageHead
        title={t('title')}
        verdict={
          answer === undefined ? <SkeletonLine className="mt-1 w-96" /> : <NamespacesSummary summary={answer.summary} />
        }
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={NAMESPACE_KINDS} />}
      <NamespacesToolbar
        search={list.search}
        onSearch={list.setSearch}
        filters={filters}
        onFilters={(change) => {
          list.setSearch(list.search);
          void setFilters(change);
        }}
        answer={answer}
      />
      <Block data={data} skeleton={<TableSkeleton columns={columns} rowCount={12} hasSelection />}>
        {table}
      </Block>
      <BulkBar
        names={[...selected]}
        onClear={() => setSelected(new Set())}
        onAction={(action) => setToggle({ names: [...selected], action })}
      />
      {toggle !== undefined && toggle.names.length > 1 && (
        <BulkDialog names={toggle.names} action={toggle.action} onClose={() => setToggle(undefined)} />
      )}
      {toggle?.names.length === 1 && (
        <ToggleDialog names={toggle.names} action={toggle.action} onClose={() => setToggle(undefined)} />
      )}
    </>
  );
}
