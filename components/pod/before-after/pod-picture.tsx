'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef, useState } from 'react';
import type { AnatomyState, PodChange } from '@/lib/api/pod-diff';
import { useAfterWord } from './after-word';
import { AnatomyGateBar } from './anatomy-gate';
import { AnatomyLines } from './anatomy-lines';
import type { Lights } from './anatomy-part';
import { AnatomyPlugs } from './anatomy-plugs';
import { AnatomyVolumes } from './anatomy-volumes';
import { ContainerBox, InitBox } from './container-box';
import { lightParts } from './light-parts';
import { routeLines } from './route-lines';
import { useGlide } from './use-glide';
import { usePlaces } from './use-places';

interface PodPictureProps {
  readonly which: 'written' | 'runs';
  readonly title: ReactNode;
  readonly state: AnatomyState;
  readonly changes: readonly PodChange[];
  readonly onFind: (name: string) => void;
}

/** One pod as an outlined box: doors on its left edge, the gate behind them, what starts, what runs, what is mounted. */
export function PodPicture({ which, title, state, changes, onFind }: PodPictureProps) {
  const after = useAfterWord();
  const t = useTranslations('pod.beforeAfter.anatomy');
  const picture = useRef<HTMLElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const places = usePlaces(picture, state);
  useGlide(picture, which);
  const lights: Lights = { lit: lightParts(state, pointed), onPoint: setPointed };
  const applications = state.running.filter(({ role }) => role !== 'proxy');
  const proxies = state.running.filter(({ role }) => role === 'proxy');
  const box = { lights, changes, onFind };
  return (
    <section
      ref={picture}
      className="anatomy-pod"
      data-which={which}
      aria-label={which === 'written' ? t('written') : after}
    >
      <AnatomyLines lines={routeLines(state, places)} lit={lights.lit} />
      <h2 className="anatomy-title">{title}</h2>
      <div className="anatomy-init">
        {state.init.length > 0 && (
          <>
            <p className="anatomy-lane">{t('init')}</p>
            <ol className="anatomy-row">
              {state.init.map((container) => (
                <li key={container.id} className="anatomy-step">
                  <InitBox container={container} {...box} />
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
      <AnatomyPlugs plugs={state.plugs} lights={lights} />
      {state.gate !== undefined && <AnatomyGateBar gate={state.gate} lights={lights} />}
      <div className="anatomy-running">
        <p className="anatomy-lane">{t('containers')}</p>
        <div className="anatomy-columns">
          {[applications, proxies]
            .filter((column) => column.length > 0)
            .map((column) => (
              <ul key={column[0]?.role} className="anatomy-column">
                {column.map((container) => (
                  <li key={container.id}>
                    <ContainerBox container={container} {...box} />
                  </li>
                ))}
              </ul>
            ))}
        </div>
      </div>
      <AnatomyVolumes volumes={state.volumes} changes={changes} lights={lights} />
    </section>
  );
}
