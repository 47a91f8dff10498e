'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback, useState } from 'react';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { ExportMenu } from '@/components/shared/export-menu';
import { FilterChip } from '@/components/shared/filter-chip';
import { RowCount } from '@/components/shared/row-count';
import { SearchBox } from '@/components/shared/search-box';
import { formatSort } from '@/components/shared/sort-order';
import { useListState } from '@/components/shared/use-list-state';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { sortWorkloads } from '@/lib/api/sort-workloads';
import { RestartDialog } from './restart-dialog';
import { useWorkloadColumns } from './use-workload-columns';
import { WorkloadActionDialog } from './workload-action-dialog';
import { WorkloadActionMenu } from './workload-action-menu';

const STATES = ['injected', 'outdated', 'missing', 'refused', 'not-injected', 'ambient', 'unknown'] as const;

interface NamespaceWorkloadsProps {
  readonly namespace: string;
  readonly workloads: readonly WorkloadRow[];
}

function toExportRow({ kind, name, state, counts, asWanted, revisions, createdAt }: WorkloadRow) {
  return { kind, name, state, ...counts, asWanted, revisions: revisions.join(' '), createdAt };
}

/** The workloads of a namespace, with how many of their pods are as they should be. */
export function NamespaceWorkloads({ namespace, workloads }: NamespaceWorkloadsProps) {
  const t = useTranslations('namespace.workloads');
  const tState = useTranslations('shared.state');
  const columns = useWorkloadColumns();
  const list = useListState('name');
  const [state, setState] = useQueryState('state', parseAsStringLiteral(STATES));
  const [dialog, setDialog] = useState<{
    readonly row: WorkloadRow;
    readonly action: InjectionActionName | 'restart';
  }>();
  const rowMenu = useCallback(
    (row: WorkloadRow) => (
      <WorkloadActionMenu
        workload={row}
        onAction={(action) => setDialog({ row, action })}
        onRestart={() => setDialog({ row, action: 'restart' })}
      />
    ),
    [],
  );
  const search = list.search.toLowerCase();
  const found = workloads
    .filter(({ name, kind }) => name.includes(search) || kind.toLowerCase().includes(search))
    .filter((row) => state === null || row.state === state);
  const rows = sortWorkloads(found, formatSort(list.sort));
  const present = STATES.filter((one) => workloads.some((row) => row.state === one));
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-prose font-semibold">{t('title')}</h2>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox label={t('search')} value={list.search} onChange={list.setSearch} />
        {present.length > 1 &&
          present.map((one) => (
            <FilterChip key={one} isOn={state === one} onToggle={() => void setState(state === one ? null : one)}>
              {tState(one)}
            </FilterChip>
          ))}
        <div className="ml-auto flex items-center gap-3">
          <RowCount shown={rows.length} total={workloads.length} />
          <ExportMenu fileName={`${namespace}-workloads`} rows={() => rows.map(toExportRow)} json={() => rows} />
        </div>
      </div>
      <DataTable<WorkloadRow>
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ kind, name }) => `${kind}/${name}`}
        sort={list.sort}
        onSort={list.setSort}
        rowMenu={rowMenu}
        minWidth={760}
        empty={
          <EmptyState title={workloads.length === 0 ? t('none') : t('noMatch', { search: list.search || '–' })}>
            {workloads.length === 0 ? t('noneHint') : t('noMatchHint', { count: workloads.length })}
          </EmptyState>
        }
      />
      {dialog?.action === 'restart' && (
        <RestartDialog
          namespace={namespace}
          workloads={[dialog.row]}
          initial={[`${dialog.row.kind}/${dialog.row.name}`]}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog !== undefined && dialog.action !== 'restart' && (
        <WorkloadActionDialog workload={dialog.row} action={dialog.action} onClose={() => setDialog(undefined)} />
      )}
    </section>
  );
}
