import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RevisionProgress } from '@/lib/api/control-planes';

/** How far the pods of each revision are. */
export function RevisionProgressList({ progress }: { readonly progress: readonly RevisionProgress[] }) {
  const t = useTranslations('overview.progress');
  return (
    <section className="min-w-0">
      <h2 className="mb-2 text-prose font-semibold">{t('title')}</h2>
      {progress.length === 0 && <p className="text-ink-2">{t('none')}</p>}
      <ul>
        {progress.map(({ revision, version, tags, health, wanted, current, leaving }) => (
          <li key={revision} className="border-b border-line py-2 last:border-b-0">
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <Link href={`/control-planes#plane-${revision}`} className="mono font-semibold hover:underline">
                {revision}
              </Link>
              <span className="mono text-ink-3">{version}</span>
              {tags.length > 0 && <span className="mono text-ink-3">{tags.join(', ')}</span>}
              {health !== 'serving' && health !== 'unknown' && (
                <span className={health === 'external' ? 'text-ink-3' : 'text-state-refused'}>
                  {t(`health.${health}`)}
                </span>
              )}
              {wanted === 0 ? (
                <span className="ml-auto text-ink-3">{t('nobody')}</span>
              ) : (
                <Link
                  href={`/namespaces?revision=${encodeURIComponent(revision)}`}
                  title={t('namespaces', { revision })}
                  className="ml-auto hover:underline"
                  prefetch={false}
                >
                  {t('current', { current, wanted })}
                </Link>
              )}
            </p>
            <span className="mt-1 flex h-1.5 w-full overflow-hidden rounded-[1px] bg-line" aria-hidden="true">
              <span
                className="bg-state-injected"
                style={{ width: wanted === 0 ? 0 : `${(current / wanted) * 100}%` }}
              />
            </span>
            {leaving > 0 && <p className="mt-1 text-ink-2">{t('leaving', { count: leaving })}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
