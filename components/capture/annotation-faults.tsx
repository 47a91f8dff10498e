import { useTranslations } from 'next-intl';
import type { CaptureAnswer } from '@/lib/api/capture';

/** Annotations with which the pod's next start fails: which, by whom, and in that program's own words. */
export function AnnotationFaults({ faults }: { readonly faults: CaptureAnswer['annotationFaults'] }) {
  const t = useTranslations('capture.annotationFaults');
  return faults.length === 0 ? null : (
    <section aria-label={t('title')}>
      <h2 className="text-prose font-semibold text-state-refused">{t('title')}</h2>
      <ul className="mt-1 grid max-w-prose-wide gap-2">
        {faults.map(({ annotation, value, by, text }) => (
          <li key={`${annotation} ${by} ${text}`}>
            <code className="break-words">
              {annotation}: {value}
            </code>
            <p className="text-ink-2">
              {t(`by.${by}`)} <span className="break-words text-ink">{text}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
