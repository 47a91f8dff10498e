import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { Problem } from '@/lib/api/overview';
import { ObjectLink } from './object-link';

const SHAPE = { error: 'refused', warning: 'missing', notice: 'not-injected' } as const;
const SHOWN = 3;

function Cause({ cause }: { readonly cause: Problem }) {
  const t = useTranslations('overview.cause');
  const [first] = cause.objects;
  const more = cause.objectCount - Math.min(SHOWN, cause.objects.length);
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 border-b border-line py-3 first:pt-0 last:border-b-0">
      <span className="mt-1">
        <StateShape state={SHAPE[cause.severity]} />
      </span>
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-semibold">
            <Phrase value={cause.title} />
          </span>
          <span className="text-ink-3">
            {cause.pods > 0
              ? t('pods', { pods: cause.pods, objects: cause.objectCount })
              : t('objects', { objects: cause.objectCount })}
          </span>
        </h3>
        {first !== undefined && (
          <p className="line-clamp-2 break-words text-ink-2">
            <Phrase value={first.because} />
          </p>
        )}
        <p className="mt-0.5 flex flex-wrap gap-x-4">
          {cause.objects.slice(0, SHOWN).map((object) => (
            <ObjectLink key={`${object.kind}/${object.namespace}/${object.name}`} {...object} />
          ))}
          {more > 0 && <span className="text-ink-3">{t('more', { count: more })}</span>}
        </p>
        {cause.remedies[0] !== undefined && (
          <p className="mt-0.5 text-accent">
            <Phrase value={cause.remedies[0].text} />
          </p>
        )}
      </div>
    </li>
  );
}

/** What is not as it should be, by cause, worst first. */
export function CauseList({ causes, count }: { readonly causes: readonly Problem[]; readonly count: number }) {
  const t = useTranslations('overview.cause');
  return (
    <section className="min-w-0">
      <header className="mb-3 flex items-baseline gap-4">
        <h2 className="text-prose font-semibold">{t('title')}</h2>
        {count > causes.length && (
          <Link href="/namespaces?problems=true&sort=-problems" className="link">
            {t('all', { count })}
          </Link>
        )}
      </header>
      {causes.length === 0 ? (
        <p className="text-ink-2">{t('none')}</p>
      ) : (
        <ol>
          {causes.map((cause) => (
            <Cause key={cause.cause} cause={cause} />
          ))}
        </ol>
      )}
    </section>
  );
}
