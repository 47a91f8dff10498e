import { useTranslations } from 'next-intl';
import type { StateName } from '@/components/shared/state-names';
import { StateShape } from '@/components/shared/state-shape';
import type { Effect } from './bulk-plan';

export const EFFECT_STATE: Readonly<Record<Effect, StateName>> = {
  gains: 'planned',
  loses: 'not-injected',
  'changes-revision': 'planned',
  keeps: 'injected',
  'stays-without': 'not-injected',
  refused: 'refused',
  unknown: 'unknown',
};

/** "3 get a sidecar", with the shape of what they become. */
export function EffectCount({ effect, count }: { readonly effect: Effect; readonly count: number }) {
  const t = useTranslations('bulk.effect');
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${effect === 'refused' ? 'text-state-refused' : ''}`}
    >
      <StateShape state={EFFECT_STATE[effect]} />
      {t(effect, { count })}
    </span>
  );
}
