import { useTranslations } from 'next-intl';
import type { ProblemsAnswer } from '@/lib/api/problems';

const TAGS = { b: (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong> };

/** The page's answer in one sentence; it claims no more than what could be read. */
export function ProblemsVerdict({ answer }: { readonly answer: ProblemsAnswer }) {
  const t = useTranslations('problems.verdict');
  const { summary, checked, meta } = answer;
  if (meta.status === 'syncing') return t('syncing');
  if (checked.webhookConfigurations === undefined) return t('blind');
  if (summary.causes === 0) return t(meta.missing.length === 0 ? 'fine' : 'fineAsFarAsRead');
  const { causes, objects, pods, severities } = summary;
  return (
    <>
      {t.rich('causes', { causes, objects, pods, ...TAGS })}{' '}
      {severities.error > 0 && t('errors', { count: severities.error })}
    </>
  );
}
