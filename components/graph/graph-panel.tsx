'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef } from 'react';
import { buildGraphTable } from '@/lib/core/graph/graph-table';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { EdgePanel } from './edge-panel';
import { NodeIcon } from './node-icon';
import { NodePanel } from './node-panel';
import { focusNode } from './use-graph-camera';
import { useNodeTexts } from './use-node-texts';

interface GraphPanelProps {
  readonly graph: MeshGraph;
  /** The id of a node or an edge; a panel for what is no longer there says so. */
  readonly selected: string;
  readonly focus: string;
  readonly onSelect: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onNamespace: (name: string) => void;
}

/** Beside the picture: what is selected. Takes the focus when it opens, gives it back when it closes. */
export function GraphPanel({ graph, selected, focus, onSelect, onFocus, onNamespace }: GraphPanelProps) {
  const t = useTranslations('graph');
  const texts = useNodeTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const row = useMemo(() => buildGraphTable(graph).find(({ node }) => node.id === selected), [graph, selected]);
  const edge = graph.edges.find(({ id }) => id === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new selection is read out anew.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [selected]);

  const nameOf = (id: string) => graph.nodes.find((node) => node.id === id)?.name ?? id;
  const close = () => {
    onSelect('');
    focusNode(edge === undefined ? selected : edge.source);
  };
  const title = row?.node.name ?? (edge === undefined ? selected : `${nameOf(edge.source)} → ${nameOf(edge.target)}`);
  return (
    <aside
      aria-label={t('panel.label')}
      className="graph-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-1.5 text-sm text-ink-3">
            {row !== undefined && <NodeIcon kind={row.node.kind} />}
            {row !== undefined && `${texts.kind(row.node)} · ${row.node.namespace}`}
            {edge !== undefined && t(`edge.${edge.kind}`)}
          </p>
          <h2 ref={heading} tabIndex={-1} className="mono text-prose font-semibold break-words outline-none">
            {title}
          </h2>
        </div>
        <button type="button" className="icon-button" aria-label={t('panel.close')} onClick={close}>
          <X aria-hidden="true" size={14} />
        </button>
      </header>
      {row !== undefined && (
        <NodePanel
          row={row}
          isFocused={focus === selected}
          onSelect={onSelect}
          onFocus={onFocus}
          onNamespace={onNamespace}
        />
      )}
      {edge !== undefined && (
        <>
          <p className="flex flex-wrap gap-x-3">
            {[edge.source, edge.target].map((id) => (
              <button key={id} type="button" className="link mono" onClick={() => onSelect(id)}>
                {nameOf(id)}
              </button>
            ))}
          </p>
          <EdgePanel edge={edge} />
        </>
      )}
      {row === undefined && edge === undefined && <p className="text-ink-2">{t('panel.gone')}</p>}
    </aside>
  );
}
