import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { KindReach } from '@/lib/api/namespace';

function Gained({ gained }: { readonly gained: KindReach['touched'][number]['gained'] }) {
  const t = useTranslations('namespace.reach');
  if (gained.pods === 0) return <span className="text-ink-3">{t('nothing')}</span>;
  return (
    <span className="text-accent">
      {t('gained', {
        pods: gained.pods,
        containers: gained.containers,
        init: gained.initContainers,
        volumes: gained.volumes,
      })}
    </span>
  );
}

/** Which kinds of objects injection touches here and what they gained, and which it never touches, with the reason. */
export function KindReachView({ reach }: { readonly reach: KindReach }) {
  const t = useTranslations('namespace.reach');
  const row =
    'grid items-baseline gap-x-4 border-b border-line py-1.5 last:border-b-0 sm:grid-cols-[11rem_3rem_minmax(0,1fr)]';
  return (
    <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
      <section>
        <h2 className="mb-1 text-prose font-semibold">{t('touched')}</h2>
        <ul>
          {reach.touched.map(({ kind, objects, gained, because }) => (
            <li key={kind} className={`${row} ${objects === 0 ? 'text-ink-3' : ''}`}>
              <span className="flex items-baseline gap-2 font-medium">
                <StateShape size={10} state={gained.pods > 0 ? 'injected' : 'not-injected'} />
                {kind}
              </span>
              <span className="sm:text-right">{objects}</span>
              <span className="min-w-0">
                {objects > 0 && <Gained gained={gained} />}
                <span className={`block ${objects === 0 ? '' : 'text-ink-2'}`}>
                  <Phrase value={because} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2 className="mb-1 text-prose font-semibold">{t('untouched')}</h2>
        <ul>
          {reach.untouched.map(({ kind, objects, because }) => (
            <li key={kind} className="border-b border-line py-2 last:border-b-0">
              <span className="flex items-baseline gap-2">
                <span className="font-medium">{kind}</span>
                <span className="text-ink-3">{objects ?? t(kind === 'Secret' ? 'notRead' : 'forbidden')}</span>
              </span>
              <span className="block text-ink-2">
                <Phrase value={because} />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
