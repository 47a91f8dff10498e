import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import type { ControlPlane } from '@/lib/api/control-planes';
import { HEALTH_STATE, isBroken, planeAnchor } from './health-look';

/** Ports of istiod that this picture's wires end at, and the one that is watched. */
const PORTS = [
  { port: 15017, use: 'webhook' },
  { port: 15012, use: 'xds' },
  { port: 15014, use: 'metrics' },
] as const;
const MOST_SQUARES = 10;

function Replicas({ ready, wanted }: Pick<ControlPlane, 'ready' | 'wanted'>) {
  const squares = Array.from({ length: Math.min(MOST_SQUARES, Math.max(ready, wanted)) }, (_, index) => index);
  return (
    <span aria-hidden="true" className="flex gap-0.5">
      {squares.map((index) => (
        <StateShape key={index} size={9} state={index < ready ? 'injected' : 'missing'} />
      ))}
    </span>
  );
}

/** istiod of one revision: version, replicas, health and the ports that it answers on. */
export function PlaneBox({ plane }: { readonly plane: ControlPlane }) {
  const t = useTranslations('controlPlanes');
  const { revision, version, ready, wanted, health, namespace } = plane;
  const tone = isBroken(health)
    ? 'border-dashed border-state-refused bg-state-refused-bg'
    : health === 'degraded'
      ? 'border-state-missing bg-state-missing-bg'
      : 'border-state-injected bg-state-injected-bg';
  return (
    <a href={`#${planeAnchor(revision)}`} className={`block w-full min-w-0 rounded-md border px-3 py-2 ${tone}`}>
      <span className="flex items-center gap-2">
        <StateShape state={HEALTH_STATE[health]} />
        <span className="mono truncate font-semibold">{revision}</span>
        <span className="mono ml-auto text-ink-2">{version || '–'}</span>
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        <span>istiod · {namespace || '–'}</span>
        <Replicas ready={ready} wanted={wanted} />
        <span>{t('replicas', { ready, wanted })}</span>
      </span>
      <span className="block text-sm text-ink-2">{t(`health.${health}`)}</span>
      <span className="mt-1 flex flex-wrap gap-1">
        {PORTS.map(({ port, use }) => (
          <span
            key={port}
            className="rounded-sm border border-line-2 bg-panel px-1 text-[0.6875rem] leading-4 text-ink-2"
          >
            <span className="mono">{port}</span> {t(`picture.port.${use}`)}
          </span>
        ))}
      </span>
    </a>
  );
}
