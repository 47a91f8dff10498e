import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { PreviewRefusal } from '@/lib/api/preview';

/** Every reason for which the pod would be turned away: by whom, why, and in the words that one would read. */
export function RefusalList({ refusals }: { readonly refusals: readonly PreviewRefusal[] }) {
  const t = useTranslations('preview.refusal');
  return (
    <ul className="flex flex-col gap-2">
      {refusals.map(({ by, because, text }) => (
        <li
          key={`${by} ${because.code} ${JSON.stringify(because.values)}`}
          className="border-l-2 border-state-refused pl-2.5"
        >
          <p className="break-words">
            <span className="font-medium text-state-refused">{t(`by.${by}`)}</span> <Phrase value={because} />
          </p>
          {text !== undefined && (
            <details className="text-sm text-ink-3">
              <summary>{t('ownWords')}</summary>
              <pre className="mt-1 max-h-40 overflow-auto break-words whitespace-pre-wrap">{text}</pre>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
