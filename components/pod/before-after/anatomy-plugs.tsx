'use client';
import { useTranslations } from 'next-intl';
import type { AnatomyPlug } from '@/lib/api/pod-diff';
import { AnatomyPart, type Lights } from './anatomy-part';
import { plugKey } from './light-parts';
import { PlugDetails } from './part-details';

interface AnatomyPlugsProps {
  readonly plugs: readonly AnatomyPlug[];
  readonly lights: Lights;
}

/** The application's doors stand first, then those that injection opened. */
function inOrder(plugs: readonly AnatomyPlug[]): readonly AnatomyPlug[] {
  return [...plugs.filter(({ mark }) => mark !== 'added'), ...plugs.filter(({ mark }) => mark === 'added')];
}

/** The ports that others can dial, on the pod's left edge. */
export function AnatomyPlugs({ plugs, lights }: AnatomyPlugsProps) {
  const t = useTranslations('pod.beforeAfter.anatomy');
  if (plugs.length === 0) return <p className="anatomy-plugs anatomy-no-plugs">{t('noPorts')}</p>;
  return (
    <ul className="anatomy-plugs" aria-label={t('plugs')}>
      {inOrder(plugs).map((plug) => (
        <li key={plug.id}>
          <AnatomyPart
            partKey={plugKey(plug.id)}
            lights={lights}
            mark={plug.mark}
            label={t('details', { name: String(plug.port) })}
            className="anatomy-plug"
            side="right"
            details={<PlugDetails plug={plug} />}
          >
            <span aria-hidden="true" className="anatomy-socket" />
            <span>
              {plug.mark === 'added' && <span className="sr-only">{t('added')} </span>}
              {plug.port}
              {plug.protocol !== 'TCP' && <span className="text-ink-3">/{plug.protocol}</span>}
            </span>
            {plug.clashes.length > 0 && <span className="anatomy-clash">{t('clash')}</span>}
          </AnatomyPart>
        </li>
      ))}
    </ul>
  );
}
