import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { namespaceHref, workloadHref } from '@/lib/api/hrefs';
import type { Verdict } from '@/lib/api/workload';

interface RemediesProps {
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly remedies: Verdict['remedies'];
  readonly isFine: boolean;
}

const ON_WORKLOAD = new Set(['restart-workload']);
const ON_NAMESPACE = new Set(['enable-namespace', 'fix-namespace-label', 'remove-namespace-label']);

/** What would change the answer, the nearest step first, each with the place where it is done. */
export function Remedies({ namespace, workload, remedies, isFine }: RemediesProps) {
  const t = useTranslations('podPage.why');
  const placeOf = (action: string) => {
    if (ON_WORKLOAD.has(action) && workload.kind !== 'Pod') {
      return { href: workloadHref(namespace, workload.kind, workload.name), label: t('toWorkload') };
    }
    return ON_NAMESPACE.has(action) ? { href: namespaceHref(namespace), label: t('toNamespace') } : undefined;
  };
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('change')}</h2>
      {isFine ? (
        <p className="text-ink-2">{t('nothing')}</p>
      ) : (
        <ol className="flex flex-col gap-2.5">
          {remedies.map(({ action, text }) => {
            const place = placeOf(action);
            return (
              <li key={`${action} ${text.code}`}>
                <Phrase value={text} />{' '}
                {place !== undefined && (
                  <Link href={place.href} className="link whitespace-nowrap">
                    {place.label}
                  </Link>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
