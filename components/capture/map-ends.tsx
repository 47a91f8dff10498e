import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureMapAnswer } from '@/lib/api/capture';
import { StepNumbers } from './step-numbers';
import { toPlace } from './to-place';
import { lightOf, type MapLight, stepNumbers } from './use-map-light';

type End = CaptureMapAnswer['ends'][number];

/** The processes of the pod with the ports they listen on, in one frame. */
export function MapEnds({
  map,
  light,
  tabStop,
}: {
  readonly map: CaptureMapAnswer;
  readonly light: MapLight;
  readonly tabStop: string;
}) {
  const t = useTranslations('capture.map');
  return (
    <>
      <div className="map-process" data-light={lightOf(light.lit, 'process')} style={toPlace(map.process)}>
        <span>{t('process')}</span>
      </div>
      {map.ends.map((end) => (
        <MapEnd key={end.id} end={end} light={light} tabStop={tabStop} />
      ))}
    </>
  );
}

function MapEnd({ end, light, tabStop }: { readonly end: End; readonly light: MapLight; readonly tabStop: string }) {
  const t = useTranslations('capture.map');
  // Steps at which the process receives stand at the port; here are those at which it sends.
  const atPorts = end.ports.flatMap((port) => stepNumbers(light.flow, port.id));
  const ownSteps = stepNumbers(light.flow, end.id).filter((number) => !atPorts.includes(number));
  return (
    <section className="map-end" data-kind={end.kind} data-light={lightOf(light.lit, end.id)} style={toPlace(end)}>
      <p className="map-end-head">
        <span className="min-w-0 truncate">{end.name}</span>
        <StepNumbers numbers={ownSteps} />
        {end.uid !== undefined && <span className="map-uid">{t('uid', { uid: end.uid })}</span>}
      </p>
      <ul>
        {end.ports.map((port) => (
          <li key={port.id}>
            <button
              type="button"
              className="map-port"
              data-light={lightOf(light.lit, port.id)}
              data-map-stop={port.id}
              tabIndex={tabStop === port.id ? 0 : -1}
              style={{ height: port.height }}
              onFocus={() => light.point(port.id)}
              onBlur={() => light.point(null)}
              onPointerEnter={() => light.point(port.id)}
              onPointerLeave={() => light.point(null)}
            >
              <span className="mono">{port.port}</span>
              <span className="min-w-0 truncate">
                {port.purpose === undefined ? port.protocol : <Phrase value={port.purpose} />}
              </span>
              <StepNumbers numbers={stepNumbers(light.flow, port.id)} />
            </button>
          </li>
        ))}
        {end.ports.length === 0 && <li className="px-2.5 text-sm leading-5 text-ink-3">{t('noPorts')}</li>}
      </ul>
    </section>
  );
}
