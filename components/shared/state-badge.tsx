import { useTranslations } from 'next-intl';
import type { StateName } from './state-names';
import { STATE_COLOR } from './state-names';
import { StateShape } from './state-shape';

interface StateBadgeProps {
  readonly state: StateName;
  /** Replaces the state's own word where the place has a better one ("sidecar, both labels"). */
  readonly children?: React.ReactNode;
}

/** A state as shape, colour and word. */
export function StateBadge({ state, children }: StateBadgeProps) {
  const t = useTranslations('shared');
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      style={{ color: STATE_COLOR[state] }}
      title={children === undefined ? t(`stateHint.${state}`) : undefined}
    >
      <StateShape state={state} />
      <span>{children ?? t(`state.${state}`)}</span>
    </span>
  );
}
