'use client';
import { Table2, Waypoints } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { GraphView } from './use-graph-query';

const VIEWS = [
  ['picture', Waypoints],
  ['table', Table2],
] as const;

/** Picture or table: the same facts. */
export function ViewSwitch({
  view,
  onChange,
}: {
  readonly view: GraphView;
  readonly onChange: (view: GraphView) => void;
}) {
  const t = useTranslations('graph.view');
  return (
    <fieldset aria-label={t('label')} className="inline-flex overflow-hidden rounded-md border border-line-2">
      {VIEWS.map(([id, Icon]) => (
        <button
          key={id}
          type="button"
          aria-pressed={view === id}
          onClick={() => onChange(id)}
          className={`inline-flex h-7 items-center gap-1.5 px-2.5 -outline-offset-2 ${
            view === id ? 'bg-accent-bg text-accent' : 'bg-panel text-ink-2 hover:text-ink'
          }`}
        >
          <Icon aria-hidden="true" size={14} />
          {t(id)}
        </button>
      ))}
    </fieldset>
  );
}
