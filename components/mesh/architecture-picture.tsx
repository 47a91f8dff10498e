import { useTranslations } from 'next-intl';
import type { ControlPlane, GatewayWorkload } from '@/lib/api/control-planes';
import { isBroken } from './health-look';
import { PlaneBox, ProxyBox, Station, WebhookBox, Wire } from './picture-parts';

interface ArchitecturePictureProps {
  readonly planes: readonly ControlPlane[];
  readonly gateways: readonly GatewayWorkload[];
}

/**
 * How the mesh is run, left to right: the API server asks webhooks, webhooks lead to istiod, istiod serves proxies.
 *
 * One lane per revision; a wire is dashed and red where nothing answers. The tables below say the same in words.
 */
export function ArchitecturePicture({ planes, gateways }: ArchitecturePictureProps) {
  const t = useTranslations('controlPlanes.picture');
  return (
    <figure className="rounded-md border border-line bg-panel p-4 max-xl:overflow-x-auto" aria-label={t('label')}>
      <div className="grid min-w-[60rem] grid-cols-[8rem_3.5rem_minmax(0,1.2fr)_3.5rem_minmax(0,1fr)_5.5rem_minmax(0,1fr)] gap-y-4">
        <div className="flex items-stretch" style={{ gridRow: `1 / span ${Math.max(planes.length, 1)}` }}>
          <Station title={t('apiServer')} text={t('apiServerText')} />
        </div>
        {planes.map((plane) => {
          const active = plane.webhookConfigurations.filter(({ isDeactivated }) => !isDeactivated);
          const isCut = isBroken(plane.health);
          return (
            <div key={plane.revision} className="contents">
              <Wire isCut={active.length === 0} isQuiet={active.length === 0} label={t('creates')} column={2} />
              <div className="flex flex-col justify-center gap-1.5" style={{ gridColumn: 3 }}>
                {plane.webhookConfigurations.length === 0 && <p className="text-ink-3">{t('noWebhook')}</p>}
                {plane.webhookConfigurations.map((webhook) => (
                  <WebhookBox key={webhook.name} webhook={webhook} />
                ))}
              </div>
              <Wire isCut={isCut} isQuiet={active.length === 0} label=":443" column={4} />
              <div className="flex items-center" style={{ gridColumn: 5 }}>
                <PlaneBox plane={plane} />
              </div>
              <Wire isCut={isCut} isQuiet={plane.proxies.total === 0} label="xDS, CA :15012" column={6} />
              <div className="flex items-center" style={{ gridColumn: 7 }}>
                <ProxyBox
                  plane={plane}
                  gateways={gateways.filter(({ revision }) => (revision || 'default') === plane.revision)}
                />
              </div>
            </div>
          );
        })}
      </div>
      <figcaption className="sr-only">{t('caption')}</figcaption>
    </figure>
  );
}
