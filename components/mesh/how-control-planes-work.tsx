import { useTranslations } from 'next-intl';
import { HowThisWorks } from '@/components/shared/how-this-works';
import type { ControlPlane } from '@/lib/api/control-planes';

/** The rule of webhooks, revisions and tags, told with what this cluster has. */
export function HowControlPlanesWork({ planes }: { readonly planes: readonly ControlPlane[] }) {
  const t = useTranslations('controlPlanes.how');
  const configurations = planes.flatMap(({ webhookConfigurations }) => webhookConfigurations);
  const active = configurations.find(({ isDeactivated }) => !isDeactivated);
  const tagged = configurations.find(({ tag }) => tag !== undefined);
  const injector = planes.find((plane) => plane.injector !== undefined)?.injector;
  const wanted = planes.reduce((sum, { progress }) => sum + progress.wanted, 0);
  const current = planes.reduce((sum, { progress }) => sum + progress.current, 0);
  return (
    <HowThisWorks
      lines={[
        t('asks'),
        active === undefined ? t('leadsGeneral') : t('leads', { configuration: active.name, target: active.target }),
        t('renders', { configMap: injector?.configMap ?? 'istio-sidecar-injector' }),
        tagged?.tag === undefined ? t('tagGeneral') : t('tag', { tag: tagged.tag, configuration: tagged.name }),
        t('serves'),
        t('upgrade', { current, wanted }),
      ]}
    />
  );
}
