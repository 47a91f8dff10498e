import { Info, OctagonX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { Hazard } from '@/lib/api/workload';

const LOOK = {
  error: { icon: OctagonX, ink: 'text-state-refused' },
  warning: { icon: TriangleAlert, ink: 'text-state-missing' },
  notice: { icon: Info, ink: 'text-ink-3' },
} as const;

/** What may go wrong beside the answer, the gravest first; nothing where nothing may. */
export function HazardList({ hazards }: { readonly hazards: readonly Hazard[] }) {
  const t = useTranslations('verdict.hazards');
  if (hazards.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('title')}</h2>
      <ul className="flex flex-col gap-2.5">
        {hazards.map(({ hazard, severity, because }) => {
          const { icon: Icon, ink } = LOOK[severity];
          return (
            <li key={hazard} className="flex items-baseline gap-2">
              <Icon aria-hidden="true" size={14} className={`shrink-0 translate-y-0.5 ${ink}`} />
              <span className="min-w-0 break-words">
                <span className="sr-only">{t(severity)}: </span>
                <Phrase value={because} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
