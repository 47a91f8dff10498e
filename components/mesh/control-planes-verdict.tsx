import { useTranslations } from 'next-intl';
import type { ControlPlanesAnswer } from '@/lib/api/control-planes';

/** Who runs the mesh, and does each of them answer? */
export function ControlPlanesVerdict({ items }: Pick<ControlPlanesAnswer, 'items'>) {
  const t = useTranslations('controlPlanes');
  if (items.length === 0) return null;
  const down = items.filter(({ isServing, health }) => !isServing && health !== 'external' && health !== 'unknown');
  const proxies = items.reduce((sum, { proxies: { total } }) => sum + total, 0);
  return (
    <>
      {t.rich('verdict', {
        b: (chunks) => <strong className="font-semibold text-ink">{chunks}</strong>,
        serving: items.filter(({ isServing }) => isServing).length,
        planes: items.length,
        proxies,
      })}{' '}
      {down.length > 0 && (
        <span className="text-state-refused">
          {t('down', { revisions: down.map(({ revision }) => revision).join(', ') })}
        </span>
      )}
    </>
  );
}
