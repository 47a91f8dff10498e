'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChangeRow } from './change-row';
import type { ChangeGroupView } from './filter-changes';
import { MarkSign } from './mark-sign';

interface ChangeGroupProps {
  readonly view: ChangeGroupView;
  /** Everything shows while something is looked for. */
  readonly isSearched: boolean;
}

/** The differences of one kind of thing, under its name and counts. */
export function ChangeGroup({ view: { group, changes, isDetail }, isSearched }: ChangeGroupProps) {
  const t = useTranslations('pod.beforeAfter');
  const [isOpen, setIsOpen] = useState(!isDetail);
  const shown = isOpen || isSearched;
  const counts = (['added', 'changed', 'removed'] as const)
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return (
    <section className="change-group">
      <h3>
        <button
          type="button"
          aria-expanded={shown}
          onClick={() => setIsOpen(!shown)}
          className="flex min-h-9 w-full items-center gap-2 px-3 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden="true"
            size={14}
            className={`text-ink-3 transition-transform ${shown ? 'rotate-90' : ''}`}
          />
          <span className="font-semibold">{t(`group.${group}`)}</span>
          {counts.map(({ kind, count }) => (
            <span key={kind} className="inline-flex items-center gap-1 text-ink-2">
              <MarkSign mark={kind} size={9} />
              {count}
            </span>
          ))}
          {isDetail && <span className="text-sm text-ink-3 max-sm:hidden">{t('list.detail')}</span>}
        </button>
      </h3>
      {shown && (
        <ul className="border-t border-line">
          {changes.map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </ul>
      )}
    </section>
  );
}
