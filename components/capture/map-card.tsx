import { useTranslations } from 'next-intl';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import type { CaptureMapAnswer } from '@/lib/api/capture';
import { StepNumbers } from './step-numbers';
import { TargetSign } from './target-sign';
import { toPlace } from './to-place';
import { lightOf, type MapLight, stepNumbers } from './use-map-light';

type Card = CaptureMapAnswer['cards'][number];
type Row = Card['rows'][number];

interface MapCardProps {
  readonly card: Card;
  readonly light: MapLight;
  /** The one stop of the map that Tab reaches; arrow keys do the rest. */
  readonly tabStop: string;
}

/** A chain: its name, its table, one row per rule. */
export function MapCard({ card, light, tabStop }: MapCardProps) {
  const t = useTranslations('capture.map');
  const name = t('chain', { chain: card.chain, table: card.table, count: card.rows.length });
  return (
    <section
      className="map-card"
      data-light={lightOf(light.lit, card.id)}
      data-unused={card.isReachable ? undefined : ''}
      style={toPlace(card)}
    >
      <button
        type="button"
        className="map-card-head"
        aria-label={name}
        data-map-stop={card.id}
        tabIndex={tabStop === card.id ? 0 : -1}
        onFocus={() => light.point(card.id)}
        onBlur={() => light.point(null)}
        onPointerEnter={() => light.point(card.id)}
        onPointerLeave={() => light.point(null)}
      >
        <span className="map-chain">{card.chain}</span>
        <span className="map-table">{card.table}</span>
        {!card.isReachable && <span className="ml-auto text-xs text-ink-3">{t('unused')}</span>}
      </button>
      <ol>
        {card.rows.map((row, index) => (
          <li key={row.id}>
            <MapRule row={row} number={index + 1} card={card} light={light} tabStop={tabStop} />
          </li>
        ))}
        {card.rows.length === 0 && <li className="px-2.5 text-sm leading-7 text-ink-3">{t('empty')}</li>}
      </ol>
    </section>
  );
}

function MapRule({ row, number, card, light, tabStop }: MapCardProps & { readonly row: Row; readonly number: number }) {
  const t = useTranslations('capture.map');
  const say = usePhraseText();
  const label = { meaning: say(row.meaning), number, chain: card.chain, table: card.table, text: row.text };
  return (
    <button
      type="button"
      className="map-rule"
      aria-label={t('rule', label)}
      data-light={lightOf(light.lit, row.id)}
      data-map-stop={row.id}
      tabIndex={tabStop === row.id ? 0 : -1}
      style={{ height: row.height }}
      onFocus={() => light.point(row.id)}
      onBlur={() => light.point(null)}
      onPointerEnter={() => light.point(row.id)}
      onPointerLeave={() => light.point(null)}
    >
      <span className="min-w-0 flex-1">
        <span className="map-meaning">
          <Phrase value={row.meaning} />
        </span>
        <span className="map-text">{row.text}</span>
      </span>
      <StepNumbers numbers={stepNumbers(light.flow, row.id)} />
      <TargetSign target={row.target} />
    </button>
  );
}
