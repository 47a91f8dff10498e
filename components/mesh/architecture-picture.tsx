import { useTranslations } from 'next-intl';
import type { ControlPlane, GatewayWorkload } from '@/lib/api/control-planes';
import { isBroken } from './health-look';
import { PlaneBox } from './plane-box';
import { ProxyBox } from './proxy-box';
import { WebhookBox } from './webhook-box';
import { Wire } from './wire';

interface ArchitecturePictureProps {
  readonly planes: readonly ControlPlane[];
  readonly gateways: readonly GatewayWorkload[];
}

const LANE = 'grid grid-cols-[minmax(0,2fr)_minmax(0,1.25fr)_5.75rem_minmax(0,1fr)] items-center';
const WEBHOOK = 'grid grid-cols-[4rem_minmax(0,1fr)_6.25rem] items-center';

function Lane({ plane, gateways }: { readonly plane: ControlPlane; readonly gateways: readonly GatewayWorkload[] }) {
  const t = useTranslations('controlPlanes.picture');
  const { webhookConfigurations, health, proxies } = plane;
  return (
    <li className={`${LANE} border-line not-last:border-b not-last:pb-4`}>
      <ul className="flex min-w-0 flex-col gap-1.5">
        {webhookConfigurations.length === 0 && <li className="px-16 text-ink-3">{t('noWebhook')}</li>}
        {webhookConfigurations.map((webhook) => (
          <li key={webhook.name} className={WEBHOOK}>
            <Wire isCut={false} isQuiet={webhook.isDeactivated} label={webhook.isDeactivated ? '' : t('creates')} />
            <WebhookBox webhook={webhook} />
            <Wire
              isCut={isBroken(webhook.health)}
              isQuiet={webhook.isDeactivated}
              label={webhook.isDeactivated ? '' : isBroken(webhook.health) ? t('noAnswer') : '443 → 15017'}
            />
          </li>
        ))}
      </ul>
      <PlaneBox plane={plane} />
      <Wire isCut={isBroken(health)} isQuiet={proxies.total === 0} label="xDS, CA 15012" />
      <ProxyBox plane={plane} gateways={gateways} />
    </li>
  );
}

/**
 * How the mesh is run, left to right: the API server asks webhooks, webhooks lead to istiod, istiod serves proxies.
 *
 * One lane per revision; a wire is dashed and red where nothing answers. The tables below say the same in words.
 */
export function ArchitecturePicture({ planes, gateways }: ArchitecturePictureProps) {
  const t = useTranslations('controlPlanes.picture');
  return (
    <figure className="overflow-x-auto rounded-md border border-line bg-panel p-4" aria-label={t('label')}>
      <div className="grid min-w-[56rem] grid-cols-[6.5rem_minmax(0,1fr)]">
        <div className="flex flex-col justify-center rounded-md border border-edge bg-sunk px-3 py-2">
          <p className="font-semibold">{t('apiServer')}</p>
          <p className="text-sm text-ink-2">{t('apiServerText')}</p>
        </div>
        <ol className="flex min-w-0 flex-col gap-4">
          {planes.map((plane) => (
            <Lane
              key={plane.revision}
              plane={plane}
              gateways={gateways.filter(({ revision }) => revision === plane.revision)}
            />
          ))}
        </ol>
      </div>
      <figcaption className="sr-only">{t('caption')}</figcaption>
    </figure>
  );
}
