import { useTranslations } from 'next-intl';
import type { PodChange } from '@/lib/api/pod-diff';
import { useAfterWord } from './after-word';
import { pickDifferingLines } from './pick-differing-lines';

const SHOWN = 8;

/** A change in few lines: what went, what came. */
export function DifferingLines({ change: { before, after } }: { readonly change: PodChange }) {
  const t = useTranslations('pod.beforeAfter');
  const runs = useAfterWord();
  const lines = pickDifferingLines(before, after);
  return (
    <ul className="mono mt-1 overflow-hidden rounded-sm bg-sunk px-2 py-1">
      {lines.slice(0, SHOWN).map(({ side, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, and they keep their order.
        <li key={index} className="flex gap-2">
          <span aria-hidden="true" className={side === 'before' ? 'text-state-refused' : 'text-accent'}>
            {side === 'before' ? '−' : '+'}
          </span>
          <span className="sr-only">{side === 'before' ? t('asWritten') : runs}: </span>
          <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
        </li>
      ))}
      {lines.length > SHOWN && <li className="text-ink-3">{t('moreLines', { count: lines.length - SHOWN })}</li>}
    </ul>
  );
}
