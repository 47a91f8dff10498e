import { useTranslations } from 'next-intl';
import { type CSSProperties, type KeyboardEvent, useState } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureMapAnswer } from '@/lib/api/capture';
import { TargetSign } from './target-sign';
import type { Flow, MapLight } from './use-map-light';

interface MapReadoutProps {
  readonly map: CaptureMapAnswer;
  readonly light: MapLight;
  readonly onFlow: (id: string | null) => void;
  readonly onOwn: () => void;
  readonly style?: CSSProperties;
}

/** Beside the picture, the same in words: the flow to follow, its steps, or the rule pointed at. */
export function MapReadout({ map, light, onFlow, onOwn, style }: MapReadoutProps) {
  const t = useTranslations('capture.map');
  const isOwn = light.flow !== null && !map.flows.some(({ id }) => id === light.flow?.id);
  return (
    <section className="map-readout" aria-label={t('readout')} style={style}>
      <fieldset className="map-flows">
        <legend className="sr-only">{t('flows')}</legend>
        <span aria-hidden="true" className="mr-1 text-ink-3">
          {t('flows')}
        </span>
        {map.flows.map((flow) => (
          <button
            key={flow.id}
            type="button"
            className="map-chip"
            aria-pressed={light.flow?.id === flow.id}
            onClick={() => onFlow(light.flow?.id === flow.id ? null : flow.id)}
          >
            <Phrase value={flow.label} />
          </button>
        ))}
        {isOwn && (
          <button type="button" className="map-chip" aria-pressed={true} onClick={onOwn}>
            {t('own')}
          </button>
        )}
      </fieldset>
      <div className="map-reading">
        <Reading map={map} light={light} />
      </div>
    </section>
  );
}

function Reading({ map, light }: Pick<MapReadoutProps, 'map' | 'light'>) {
  const t = useTranslations('capture.map');
  const card = map.cards.find((one) => light.pointed === one.id || one.rows.some((row) => row.id === light.pointed));
  const index = card?.rows.findIndex((row) => row.id === light.pointed) ?? -1;
  const row = card?.rows[index];
  if (card !== undefined && row !== undefined) {
    return (
      <>
        <p className="text-ink-3">{t('rulePlace', { chain: card.chain, number: index + 1 })}</p>
        <p className="font-medium">
          <Phrase value={row.meaning} />
        </p>
        <p className="mono break-words text-ink-2">{row.text}</p>
      </>
    );
  }
  if (card !== undefined) {
    const jumps = map.edges.filter((edge) => edge.kind === 'jump' && edge.to === card.id).length;
    return (
      <>
        <p className="font-medium">{t('chain', { chain: card.chain, table: card.table, count: card.rows.length })}</p>
        <p className="text-ink-2">{t('chainJumps', { count: jumps })}</p>
      </>
    );
  }
  return light.flow === null ? <Hint /> : <Steps flow={light.flow} light={light} />;
}

function Hint() {
  const t = useTranslations('capture.map');
  const signs = [
    ['jump', 'ISTIO_'],
    ['return', 'RETURN'],
    ['handover', 'REDIRECT'],
  ] as const;
  return (
    <>
      <p className="text-ink-2">{t('hint')}</p>
      <ul className="map-legend">
        {signs.map(([key, target]) => (
          <li key={key}>
            <TargetSign target={target} /> {t(`legend.${key}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The way in words. Pointing at a step, or going through them with the arrow keys, lights that step alone. */
function Steps({ flow, light }: { readonly flow: Flow; readonly light: MapLight }) {
  const t = useTranslations('capture.tracer');
  const [tabStop, setTabStop] = useState(0);
  return (
    <ol className="map-story" aria-label={t('steps')} onKeyDown={moveThroughSteps}>
      {flow.steps.map(({ id, says, chain }, index) => (
        <li key={id} data-kind={chain === undefined ? 'stop' : 'rule'}>
          <button
            type="button"
            tabIndex={index === Math.min(tabStop, flow.steps.length - 1) ? 0 : -1}
            data-current={light.step === index ? '' : undefined}
            onPointerEnter={() => light.pointStep(index)}
            onPointerLeave={() => light.pointStep(null)}
            onFocus={() => {
              setTabStop(index);
              light.pointStep(index);
            }}
            onBlur={() => light.pointStep(null)}
          >
            <span className="map-story-number">{index + 1}</span>
            <span>
              {chain !== undefined && <span className="map-story-chain">{chain} </span>}
              <Phrase value={says} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function moveThroughSteps(event: KeyboardEvent<HTMLOListElement>): void {
  const steps = [...event.currentTarget.querySelectorAll('button')];
  const active = document.activeElement;
  const at = active instanceof HTMLButtonElement ? steps.indexOf(active) : -1;
  const next = steps[MOVES[event.key]?.(at, steps.length) ?? -1];
  // The map around has arrow keys of its own.
  event.stopPropagation();
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
