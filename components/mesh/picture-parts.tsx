import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import type { ControlPlane, GatewayWorkload } from '@/lib/api/control-planes';
import { HEALTH_STATE, isBroken } from './health-look';

const BOX = 'w-full min-w-0 rounded-md border px-3 py-2';

export function Station({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className={`${BOX} flex flex-col justify-center border-edge bg-sunk`}>
      <p className="font-semibold">{title}</p>
      <p className="text-sm text-ink-2">{text}</p>
    </div>
  );
}

interface WireProps {
  readonly isCut: boolean;
  /** Nothing passes here, which is no fault. */
  readonly isQuiet: boolean;
  readonly label: string;
  readonly column: number;
}

/** A wire with its arrow; dashed and red where nothing answers. */
export function Wire({ isCut, isQuiet, label, column }: WireProps) {
  const ink = isQuiet ? 'text-line-2' : isCut ? 'text-state-refused' : 'text-edge';
  return (
    <div className={`flex flex-col items-stretch justify-center px-1 ${ink}`} style={{ gridColumn: column }}>
      <span className={`text-center text-[0.6875rem] leading-4 ${isQuiet ? 'text-ink-3' : 'text-ink-2'}`}>{label}</span>
      <span aria-hidden="true" className="flex items-center">
        <span className={`h-0 flex-1 border-t-[1.5px] border-current ${isCut ? 'border-dashed' : ''}`} />
        <span className="size-0 border-y-4 border-l-6 border-y-transparent border-l-current" />
      </span>
      <span aria-hidden="true" className="h-4" />
    </div>
  );
}

export function WebhookBox({ webhook }: { readonly webhook: ControlPlane['webhookConfigurations'][number] }) {
  const t = useTranslations('controlPlanes.picture');
  const isOff = webhook.isDeactivated;
  return (
    <div className={`${BOX} ${isOff ? 'border-dashed border-line-2 text-ink-3' : 'border-line-2 bg-surface'}`}>
      <p className="mono truncate font-medium" title={webhook.name}>
        {webhook.name}
      </p>
      <p className="text-sm text-ink-3">
        {isOff ? t('deactivated') : t('serves', { namespaces: webhook.namespaces, policy: webhook.failurePolicy })}
      </p>
    </div>
  );
}

export function PlaneBox({ plane }: { readonly plane: ControlPlane }) {
  const t = useTranslations('controlPlanes');
  const { revision, version, ready, wanted, health, tags, namespace } = plane;
  const tone = isBroken(health)
    ? 'border-dashed border-state-refused bg-state-refused-bg'
    : health === 'degraded'
      ? 'border-state-missing bg-state-missing-bg'
      : 'border-state-injected bg-state-injected-bg';
  return (
    <div className={`${BOX} ${tone}`}>
      <p className="flex items-center gap-2">
        <StateShape state={HEALTH_STATE[health]} />
        <span className="mono font-semibold">{revision}</span>
        <span className="mono ml-auto text-ink-2">{version}</span>
      </p>
      <p className="text-sm text-ink-2">
        istiod · {namespace} · {t('replicas', { ready, wanted })}
      </p>
      <p className="text-sm text-ink-2">{t(`health.${health}`)}</p>
      {tags.length > 0 && <p className="mono text-sm text-ink-2">{t('tags', { tags: tags.join(', ') })}</p>}
    </div>
  );
}

interface ProxyBoxProps {
  readonly plane: ControlPlane;
  readonly gateways: readonly GatewayWorkload[];
}

export function ProxyBox({ plane, gateways }: ProxyBoxProps) {
  const t = useTranslations('controlPlanes.picture');
  const { total, byVersion } = plane.proxies;
  return (
    <div className={`${BOX} border-line-2 bg-surface`}>
      <p className="font-semibold">{t('proxies', { count: total })}</p>
      {byVersion.slice(0, 3).map(({ version, count }) => (
        <p key={version} className="flex justify-between gap-2 text-sm text-ink-2">
          <span className="mono truncate">{version}</span>
          <span>{count}</span>
        </p>
      ))}
      {gateways.length > 0 && <p className="text-sm text-ink-2">{t('gateways', { count: gateways.length })}</p>}
    </div>
  );
}
