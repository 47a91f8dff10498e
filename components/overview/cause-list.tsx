import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { remedyHref } from '@/components/injection/remedy-href';
import { RemedyLine } from '@/components/injection/remedy-line';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import { namespaceHref } from '@/lib/api/hrefs';
import type { Problem } from '@/lib/api/overview';
import { ObjectLink } from './object-link';

const SHAPE = { error: 'refused', warning: 'missing', notice: 'not-injected' } as const;
const SHOWN = 3;

/** The remedy's place: with several workloads of one namespace, the dialog that restarts them together. */
export function toRemedyHref(action: string, { objects, objectCount }: Pick<Problem, 'objects' | 'objectCount'>) {
  const [first] = objects;
  if (first === undefined) return undefined;
  const isOnePlace = objectCount <= objects.length && objects.every(({ namespace }) => namespace === first.namespace);
  if (action === 'restart-workload' && objectCount > 1 && isOnePlace) {
    return `${namespaceHref(first.namespace)}?do=restart`;
  }
  return remedyHref(action, first);
}

function Cause({ cause }: { readonly cause: Problem }) {
  const t = useTranslations('overview.cause');
  const [first] = cause.objects;
  const [remedy] = cause.remedies;
  const more = cause.objectCount - Math.min(SHOWN, cause.objects.length);
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 border-b border-line py-3 first:pt-0 last:border-b-0">
      <span className="mt-1">
        <StateShape state={SHAPE[cause.severity]} />
      </span>
      <div className="min-w-0">
        <h3 className="flex flex-wrap items-baseline gap-x-3">
          <Link
            href={`/problems?open=${encodeURIComponent(cause.cause)}`}
            className="font-semibold hover:underline"
            prefetch={false}
          >
            <Phrase value={cause.title} />
          </Link>
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
        {remedy !== undefined && first !== undefined && (
          <p className="mt-1">
            <RemedyLine remedy={remedy} href={toRemedyHref(remedy.action, cause)} />
          </p>
        )}
      </div>
    </li>
  );
}

interface CauseListProps {
  readonly causes: readonly Problem[];
  readonly count: number;
  /** What decides cannot be read, so finding nothing means little. */
  readonly isBlind: boolean;
}

/** What is not as it should be, by cause, worst first. */
export function CauseList({ causes, count, isBlind }: CauseListProps) {
  const t = useTranslations('overview.cause');
  return (
    <section className="min-w-0">
      <header className="mb-3 flex items-baseline gap-4">
        <h2 className="text-prose font-semibold">{t('title')}</h2>
        {count > 0 && (
          <Link href="/problems" className="link" prefetch={false}>
            {t('all', { count })}
          </Link>
        )}
      </header>
      {causes.length === 0 ? (
        <p className="text-ink-2">{t(isBlind ? 'blind' : 'none')}</p>
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
