import { useTranslations } from 'next-intl';
import type { AnatomyMark } from '@/lib/api/pod-diff';

type Sign = Exclude<AnatomyMark, 'same'>;

const SIGNS: Readonly<Record<Sign, { readonly glyph: React.ReactNode; readonly color: string }>> = {
  added: { glyph: <path d="M5 1v8M1 5h8" strokeWidth="1.8" />, color: 'text-accent' },
  changed: { glyph: <circle cx="5" cy="5" r="3.4" fill="currentColor" stroke="none" />, color: 'text-state-missing' },
  removed: { glyph: <path d="M1 5h8" strokeWidth="1.8" />, color: 'text-state-refused' },
};

/** Added, changed or removed: a shape in its colour, and the word for those who hear the page. */
export function MarkSign({ mark, size = 10 }: { readonly mark: Sign; readonly size?: number }) {
  const t = useTranslations('pod.beforeAfter.mark');
  const { glyph, color } = SIGNS[mark];
  return (
    <span className={`inline-flex shrink-0 ${color}`}>
      <svg viewBox="0 0 10 10" width={size} height={size} aria-hidden="true" fill="none" stroke="currentColor">
        {glyph}
      </svg>
      <span className="sr-only">{t(mark)} </span>
    </span>
  );
}
