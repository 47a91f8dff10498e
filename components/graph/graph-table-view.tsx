'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { DataTable } from '@/components/shared/data-table';
import { EmptyState } from '@/components/shared/empty-state';
import { StateBadge } from '@/components/shared/state-badge';
import type { Column } from '@/components/shared/table-column';
import { buildGraphTable, type GraphRow, type RowLink } from '@/lib/core/graph/graph-table';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { NodeIcon } from './node-icon';
import { toStateName } from './node-state-name';
import { useNodeTexts } from './use-node-texts';

interface GraphTableViewProps {
  readonly graph: MeshGraph;
  /** Ids of the nodes that are looked for; undefined for all. */
  readonly found: ReadonlySet<string> | undefined;
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
    { id: 'kind', header: t('kind'), width: '120px', cell: ({ node }) => texts.kind(node) },
    {
      id: 'namespace',
      header: t('namespace'),
      width: '15%',
      cell: ({ node }) => <span className="mono">{node.namespace}</span>,
    },
    {
      id: 'state',
      header: t('state'),
      width: '140px',
      cell: ({ node }) => {
        const state = toStateName(node.state);
        return state === null ? '–' : <StateBadge state={state}>{texts.state(node.state)}</StateBadge>;
      },
    },
    {
      id: 'pods',
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
export function GraphTableView({ graph, found, onSelect }: GraphTableViewProps) {
  const t = useTranslations('graph');
  const columns = useGraphColumns(onSelect);
  const rows = useMemo(
    () => buildGraphTable(graph).filter(({ node }) => found === undefined || found.has(node.id)),
    [graph, found],
  );
  return (
    <DataTable<GraphRow>
      label={t('title')}
      columns={columns}
      rows={rows}
      rowId={({ node }) => node.id}
      minWidth={860}
      empty={<EmptyState title={t('empty.noMatch')} />}
    />
  );
}
