import { RotateCw, ShieldX, Syringe, Tag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { RelativeTime } from '@/components/shared/relative-time';
import type { RecentChange } from '@/lib/api/overview';
import { ObjectLink } from './object-link';

const ICON = { label: Tag, rollout: RotateCw, injection: Syringe, failure: ShieldX } as const;
const SHOWN = 8;

/** What changed about injection in the last hour, newest first. */
export function RecentChanges({ changes }: { readonly changes: readonly RecentChange[] }) {
  const t = useTranslations('overview.recent');
  return (
    <section className="min-w-0">
      <h2 className="mb-2 text-prose font-semibold">{t('title')}</h2>
      {changes.length === 0 && <p className="text-ink-2">{t('none')}</p>}
      <ol>
        {changes.slice(0, SHOWN).map(({ at, kind, object, because }) => {
          const Icon = ICON[kind];
          return (
            <li
              key={`${at} ${kind} ${object.namespace}/${object.name} ${because.code}`}
              className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 border-b border-line py-1.5 last:border-b-0"
            >
              <Icon
                aria-label={t(`kind.${kind}`)}
                size={14}
                className={`mt-0.5 ${kind === 'failure' ? 'text-state-refused' : 'text-ink-3'}`}
              />
              <span className="min-w-0">
                <ObjectLink {...object} />
                <span className="line-clamp-2 break-words text-ink-2">
                  <Phrase value={because} />
                </span>
              </span>
              <span className="text-ink-3">
                <RelativeTime at={at} />
              </span>
            </li>
          );
        })}
      </ol>
      {changes.length > SHOWN && <p className="mt-1 text-ink-3">{t('more', { count: changes.length - SHOWN })}</p>}
    </section>
  );
}
