import { useTranslations } from 'next-intl';
import { usePhraseText } from '@/components/shared/phrase';
import type { NamespaceRow } from '@/lib/api/namespaces';

const INK = { error: 'text-state-refused', warning: 'text-state-missing', notice: 'text-ink-3' } as const;

/** The worst problem of a namespace, and how many more there are. */
export function ProblemCell({ problems }: { readonly problems: NamespaceRow['problems'] }) {
  const t = useTranslations('namespaces');
  const phraseText = usePhraseText();
  const [worst, ...others] = problems;
  if (worst === undefined) return <span className="text-ink-3">–</span>;
  return (
    <span className={INK[worst.severity]} title={phraseText(worst.title)}>
      {t.has(`cause.${worst.cause}`) ? t(`cause.${worst.cause}`) : phraseText(worst.title)}
      {others.length > 0 && <span className="text-ink-3"> {t('moreProblems', { count: others.length })}</span>}
    </span>
  );
}
