import { useTranslations } from 'next-intl';
import type { NamespacesAnswer } from '@/lib/api/namespaces';

/** The answer to "which namespaces inject?", in one line. */
export function NamespacesSummary({ summary }: { readonly summary: NamespacesAnswer['summary'] }) {
  const t = useTranslations('namespaces');
  const strong = (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
  const { injecting, namespaces, controlPlanes, podsAstray, podsUnknown, pods, causes } = summary;
  return (
    <p>
      {t.rich('summary', { b: strong, injecting, namespaces, controlPlanes })}{' '}
      {podsAstray > 0 && t.rich('astray', { b: strong, podsAstray, pods, causes })}{' '}
      {podsUnknown > 0 && t.rich('untold', { b: strong, podsUnknown, pods })}
      {podsAstray + podsUnknown === 0 && t('allAsAsked')}
    </p>
  );
}
