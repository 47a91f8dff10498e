import { useTranslations } from 'next-intl';
import type { ControlPlane } from '@/lib/api/control-planes';

type Configuration = ControlPlane['webhookConfigurations'][number];

/** One webhook configuration: its name, the tag that it is, whom it serves and what happens when nothing answers. */
export function WebhookBox({ webhook }: { readonly webhook: Configuration }) {
  const t = useTranslations('controlPlanes.picture');
  const { name, tag, isDeactivated, namespaces, failurePolicy } = webhook;
  return (
    <a
      href="#webhook-configurations"
      className={`block w-full min-w-0 rounded-md border px-3 py-1.5 hover:border-edge ${
        isDeactivated ? 'border-dashed border-line-2 text-ink-3' : 'border-line-2 bg-surface'
      }`}
    >
      <span className="mono block font-medium [overflow-wrap:anywhere]">{name}</span>
      <span className="flex flex-wrap items-baseline gap-x-2 text-sm text-ink-3">
        {tag !== undefined && (
          <span className="rounded-sm border border-line-2 px-1 text-ink-2">
            {t.rich('tag', { tag: () => <code>{tag}</code> })}
          </span>
        )}
        <span>{isDeactivated ? t('deactivated') : t('serves', { namespaces, policy: failurePolicy })}</span>
      </span>
    </a>
  );
}
