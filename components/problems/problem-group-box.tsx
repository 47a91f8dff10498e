import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { ProblemGroup } from '@/lib/api/problems';
import { type ProblemFilters, SEVERITY_SHAPE } from './problem-filters';
import { ProblemObjects } from './problem-objects';

interface ProblemGroupBoxProps {
  readonly group: ProblemGroup;
  readonly filters: ProblemFilters;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onBulk: (names: readonly string[]) => void;
}

/** One cause: what it is and whom it concerns on one line; opened, what it means, what to do, and the objects. */
export function ProblemGroupBox({ group, filters, isOpen, onToggle, onBulk }: ProblemGroupBoxProps) {
  const t = useTranslations('problems');
  const content = useId();
  const { cause, severity, title, pods, objects, namespaces } = group;
  const meaning = `meaning.${cause}`;
  return (
    <section className="border-b border-line" data-cause={cause}>
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={content}
          onClick={onToggle}
          className="flex min-h-11 w-full flex-wrap items-center gap-x-2.5 gap-y-0 rounded-sm py-2 text-left hover:bg-hover"
        >
          <ChevronRight
            aria-hidden="true"
            size={16}
            className={`shrink-0 text-ink-3 transition-transform ${isOpen ? 'rotate-90' : ''}`}
          />
          <span className="shrink-0">
            <StateShape state={SEVERITY_SHAPE[severity]} />
            <span className="sr-only">{t(`severity.${severity}`)}: </span>
          </span>
          <span className="min-w-0 flex-1 basis-60 text-prose font-semibold">
            <Phrase value={title} />
          </span>
          <span className="pl-7 text-ink-2 sm:pl-0 sm:text-right">
            {pods > 0 ? t('group.pods', { pods, objects }) : t('group.objects', { objects })}
            {namespaces > 1 && namespaces !== objects && (
              <span className="text-ink-3"> · {t('group.namespaces', { count: namespaces })}</span>
            )}
          </span>
        </button>
      </h2>
      <div id={content} hidden={!isOpen}>
        {isOpen && (
          <div className="pb-6 pl-7 max-sm:pl-0">
            {t.has(meaning) && <p className="mb-4 max-w-prose-wide text-prose text-ink-2">{t(meaning)}</p>}
            <ProblemObjects group={group} filters={filters} onBulk={onBulk} />
          </div>
        )}
      </div>
    </section>
  );
}
