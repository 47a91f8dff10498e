import { useTranslations } from 'next-intl';
import type { OverviewAnswer } from '@/lib/api/overview';

/** Without webhook configurations nobody can tell who would inject. */
export const isBlind = ({ meta }: Pick<OverviewAnswer, 'meta'>): boolean =>
  meta.missing.some(({ resource }) => resource === 'mutatingwebhookconfigurations');

/** Is injection in this cluster as its labels ask? The page's first sentence. */
export function OverviewVerdict({ answer }: { readonly answer: OverviewAnswer }) {
  const t = useTranslations('overview.verdict');
  const b = (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
  const { counts, namespaces, causeCount, progress, meta } = answer;
  const { total: pods, unknown } = counts;
  const judged = pods - unknown;
  const astray = counts.outdated + counts.missing + counts.refused;
  if (meta.status === 'syncing') return <>{t('syncing')}</>;
  if (namespaces.total === 0) return <>{t('empty')}</>;
  if (isBlind(answer)) return t.rich('blind', { b, pods, unknown });
  if (progress.length === 0) return t.rich('noIstio', { b, pods, namespaces: namespaces.total });
  const reach = { b, injecting: namespaces.injecting, namespaces: namespaces.total };
  return (
    <>
      {astray > 0 && t.rich('astray', { b, astray, pods, causes: causeCount })}
      {astray === 0 && causeCount > 0 && t.rich('causes', { b, causes: causeCount })}
      {astray === 0 && causeCount === 0 && pods === 0 && t('noPods')}
      {astray === 0 && causeCount === 0 && judged > 0 && t.rich('fine', { b, pods: judged })} {t.rich('reach', reach)}{' '}
      {unknown > 0 && t('unknown', { unknown })}
    </>
  );
}
