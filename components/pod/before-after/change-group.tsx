'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { PodChange } from '@/lib/api/pod-diff';
import { ChangeRow } from './change-row';
import type { ChangeGroupView } from './filter-changes';
import { MarkSign } from './mark-sign';

interface FoldProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
  readonly className?: string;
}

function Fold({ isOpen, onToggle, children, className = '' }: FoldProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className={`flex min-h-9 w-full items-center gap-2 px-3 text-left hover:bg-hover focus-visible:-outline-offset-2 ${className}`}
    >
      <ChevronRight
        aria-hidden="true"
        size={14}
        className={`text-ink-3 transition-transform ${isOpen ? 'rotate-90' : ''}`}
      />
      {children}
    </button>
  );
}

function Rows({ changes }: { readonly changes: readonly PodChange[] }) {
  return (
    <ul className="border-t border-line">
      {changes.map((change) => (
        <ChangeRow key={change.id} change={change} />
      ))}
    </ul>
  );
}

interface ChangeGroupProps {
  readonly view: ChangeGroupView;
  /** Everything shows while something is looked for. */
  readonly isSearched: boolean;
}

/** The differences of one kind of thing, under its name and counts; parts of added containers are folded away. */
export function ChangeGroup({ view: { group, changes, parts }, isSearched }: ChangeGroupProps) {
  const t = useTranslations('pod.beforeAfter');
  const isDetail = changes.length === 0;
  const [isOpen, setIsOpen] = useState(!isDetail);
  const [hasParts, setHasParts] = useState(false);
  const shown = isOpen || isSearched;
  const all = [...changes, ...parts];
  const counts = (['added', 'changed', 'removed'] as const)
    .map((kind) => ({ kind, count: all.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0);
  return (
    <section className="change-group">
      <h2>
        <Fold isOpen={shown} onToggle={() => setIsOpen(!shown)}>
          <span className="font-semibold">{t(`group.${group}`)}</span>
          {counts.map(({ kind, count }) => (
            <span key={kind} className="inline-flex items-center gap-1 text-ink-2">
              <MarkSign mark={kind} size={9} />
              {count}
            </span>
          ))}
          {isDetail && <span className="text-sm text-ink-3 max-sm:hidden">{t('list.detail')}</span>}
        </Fold>
      </h2>
      {shown && changes.length > 0 && <Rows changes={changes} />}
      {shown && !isDetail && parts.length > 0 && !isSearched && (
        <Fold isOpen={hasParts} onToggle={() => setHasParts(!hasParts)} className="border-t border-line text-ink-2">
          {t('list.parts', { count: parts.length })}
        </Fold>
      )}
      {shown && parts.length > 0 && (isDetail || hasParts || isSearched) && <Rows changes={parts} />}
    </section>
  );
}
