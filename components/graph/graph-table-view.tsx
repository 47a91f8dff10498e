'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { formatSort, parseSort } from '@/components/shared/sort-order';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import {
  buildGraphTable,
  GRAPH_SORTS,
  type GraphRow,
  type RowLink,
  sortGraphTable,
} from '@/lib/core/graph/graph-table';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { NodeIcon } from './node-icon';
import { toStateName } from './node-state-name';
import { useNodeTexts } from './use-node-texts';

interface GraphTableViewProps {
  readonly graph: MeshGraph;
  /** Ids of the nodes that are looked for; undefined for all. */
  readonly found: ReadonlySet<string> | undefined;
  /** The panel stands beside it and says what leads where. */
  readonly isNarrow: boolean;
  readonly onSelect: (id: string) => void;
}

const names = (links: readonly RowLink[], home: string): string =>
  links.map(({ name, namespace }) => (namespace === home ? name : `${namespace}/${name}`)).join(', ');

function useGraphColumns(onSelect: (id: string) => void): readonly Column<GraphRow>[] {
  const t = useTranslations('graph.column');
  const texts = useNodeTexts();
  const links = (direction: 'from' | 'to') => (row: GraphRow) => {
    const text = names(row[direction], row.node.namespace);
    const isBroken = row[direction].some((link) => link.isBroken);
    return (
      <span className={`mono ${isBroken ? 'text-state-refused' : ''}`} title={text}>
        {text || '–'}
      </span>
    );
  };
  return [
    {
      id: 'name',
      sortKey: 'name',
      header: t('name'),
      width: '24%',
      cell: ({ node }) => (
        <span className="flex items-center gap-2">
          <NodeIcon kind={node.kind} />
          <button type="button" className="link mono truncate" onClick={() => onSelect(node.id)}>
            {node.name}
          </button>
        </span>
      ),
    },
    { id: 'kind', sortKey: 'kind', header: t('kind'), width: '120px', cell: ({ node }) => texts.kind(node) },
    {
      id: 'namespace',
      sortKey: 'namespace',
      header: t('namespace'),
      width: '18%',
      cell: ({ node }) => <span className="mono">{node.namespace}</span>,
    },
    {
      id: 'state',
      sortKey: 'state',
      header: t('state'),
      width: '140px',
      cell: ({ node }) => {
        const state = toStateName(node.state);
        return state === null ? '–' : <StateBadge state={state}>{texts.state(node.state)}</StateBadge>;
      },
    },
    {
      id: 'pods',
      sortKey: 'pods',
      header: t('pods'),
      width: '70px',
      align: 'end',
      cell: ({ counts }) => (counts === undefined ? '–' : counts.total),
    },
    { id: 'from', header: t('from'), hideBelow: 'lg', cell: links('from') },
    { id: 'to', header: t('to'), cell: links('to') },
  ];
}

/** The graph as a table: a row per node, with what leads to it and where it leads. */
export function GraphTableView({ graph, found, isNarrow, onSelect }: GraphTableViewProps) {
  const t = useTranslations('graph');
  const columns = useGraphColumns(onSelect).filter(({ id }) => !isNarrow || (id !== 'from' && id !== 'to'));
  const [sortText, setSortText] = useQueryState('sort', parseAsString.withDefault('namespace'));
  const sort = parseSort(sortText);
  const { by, isDescending } = sort;
  const rows = useMemo(() => {
    const all = buildGraphTable(graph).filter(({ node }) => found === undefined || found.has(node.id));
    const column = GRAPH_SORTS.find((name) => name === by);
    return column === undefined ? all : sortGraphTable(all, column, isDescending);
  }, [graph, found, by, isDescending]);
  return (
    <DataTable<GraphRow>
      label={t('title')}
      columns={columns}
      rows={rows}
      rowId={({ node }) => node.id}
      sort={sort}
      onSort={(next) => void setSortText(formatSort(next))}
      minWidth={isNarrow ? 600 : 860}
      empty={<EmptyState title={t('empty.noMatch')} />}
    />
  );
}
