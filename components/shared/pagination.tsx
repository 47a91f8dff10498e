import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface PaginationProps {
  /** The first and last row on this page, from 1, and how many rows match. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
}

/** "101–200 of 1,204" between the ways back and on; nothing where one page holds all. */
export function Pagination({ from, to, total, onPrevious, onNext }: PaginationProps) {
  const t = useTranslations('shared.pages');
  if (onPrevious === undefined && onNext === undefined) return null;
  return (
    <nav aria-label={t('label')} className="mt-3 flex items-center justify-end gap-2">
      <span className="mr-2 text-ink-3">{t('range', { from, to, total })}</span>
      <button type="button" className="button" disabled={onPrevious === undefined} onClick={onPrevious}>
        <ChevronLeft aria-hidden="true" size={14} />
        {t('previous')}
      </button>
      <button type="button" className="button" disabled={onNext === undefined} onClick={onNext}>
        {t('next')}
        <ChevronRight aria-hidden="true" size={14} />
      </button>
    </nav>
  );
}
