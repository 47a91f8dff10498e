import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/shared/empty-state';
import type { ProblemsAnswer } from '@/lib/api/problems';

/** Nothing wrong, with what was looked at and what could not be, so that it can be believed. */
export function NothingWrong({ answer }: { readonly answer: ProblemsAnswer }) {
  const t = useTranslations('problems.nothing');
  const { checked, meta } = answer;
  const isBlind = checked.webhookConfigurations === undefined;
  const missing = meta.missing.filter(({ reason }) => reason !== 'absent');
  return (
    <EmptyState title={t(isBlind ? 'titleBlind' : missing.length > 0 ? 'titlePartly' : 'title')}>
      <p>
        {t('checked', {
          namespaces: checked.namespaces,
          workloads: checked.workloads,
          pods: checked.pods,
          planes: checked.controlPlanes,
        })}{' '}
        {!isBlind && t('webhooks', { count: checked.webhookConfigurations ?? 0 })}
      </p>
      <p className="mt-2">
        {missing.length === 0
          ? t('all')
          : t.rich('unread', {
              count: missing.length,
              list: () => (
                <>
                  {missing.map(({ resource }, index) => (
                    <span key={resource}>
                      {index > 0 && ', '}
                      <code>{resource}</code>
                    </span>
                  ))}
                </>
              ),
            })}
      </p>
    </EmptyState>
  );
}
