'use client';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toEdgeLabel } from '@/lib/core/graph/edge-label';
import type { RowLink } from '@/lib/core/graph/graph-table';
import { useNodeTexts } from './use-node-texts';

interface NodeLinksProps {
  readonly direction: 'from' | 'to';
  readonly links: readonly RowLink[];
  /** The namespace that needs no naming. */
  readonly home: string;
  readonly onSelect: (id: string) => void;
}

/** The nodes that lead to one, or that it leads to; each with the edge between them. */
export function NodeLinks({ direction, links, home, onSelect }: NodeLinksProps) {
  const t = useTranslations('graph.panel');
  const texts = useNodeTexts();
  if (links.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-sm text-ink-3">{t(direction, { count: links.length })}</h3>
      <ul className="flex flex-col">
        {links.map(({ id, edge, name, namespace, isBroken }) => (
          <li key={edge.id} className="flex min-h-7 items-center gap-2">
            <button type="button" className="link mono min-w-0 truncate text-left" onClick={() => onSelect(id)}>
              {namespace === home ? name : `${namespace}/${name}`}
            </button>
            <button
              type="button"
              className={`ml-auto inline-flex max-w-[55%] items-center gap-1 text-sm hover:text-ink ${isBroken ? 'text-state-refused' : 'text-ink-2'}`}
              onClick={() => onSelect(edge.id)}
              aria-label={t('edge', { name, kind: texts.edge(edge) })}
            >
              <span className="truncate">{toEdgeLabel(edge) || texts.edge(edge)}</span>
              <ArrowRight aria-hidden="true" size={12} className="shrink-0" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
