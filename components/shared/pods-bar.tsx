import { useFormatter, useTranslations } from 'next-intl';
import { STATES, type StateName } from './state-names';

/** Numbers per state; a state that is absent has none. */
export type PodCounts = Readonly<Partial<Record<StateName, number>>>;

const FILL: Readonly<Record<StateName, string>> = {
  injected: 'bg-state-injected',
  outdated: 'bar-hatched border border-state-outdated text-state-outdated',
  'not-injected': 'border border-state-off',
  ambient: 'border-2 border-state-ambient',
  planned: 'border border-dashed border-state-planned',
  unknown: 'bar-dotted text-state-unknown',
  missing: 'bar-striped text-state-missing',
  refused: 'bg-state-refused',
};

interface PodsBarProps {
  readonly counts: PodCounts;
  /** Leaves out the figures beside the bar. */
  readonly isBare?: boolean;
  readonly className?: string;
}

/** Pods by state as one bar, with "n of m" beside it: n carry a sidecar, current or not. */
export function PodsBar({ counts, isBare = false, className = 'w-33' }: PodsBarProps) {
  const t = useTranslations('shared');
  const format = useFormatter();
  const present = STATES.flatMap((state) => {
    const count = counts[state] ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const injected = (counts.injected ?? 0) + (counts.outdated ?? 0);
  const parts = present.map(({ state, count }) => t('pods.part', { count, state: t(`state.${state}`) }));
  const summary = total === 0 ? t('pods.none') : format.list(parts);

  return (
    <span className="inline-flex items-center gap-2.5 whitespace-nowrap">
      <span role="img" aria-label={summary} title={summary} className={`flex h-2 shrink-0 gap-px ${className}`}>
        {present.map(({ state, count }) => (
          <span key={state} className={`min-w-1 rounded-[1px] ${FILL[state]}`} style={{ flexGrow: count }} />
        ))}
        {total === 0 && <span className="grow border-b border-line-2" />}
      </span>
      {!isBare && <span>{total === 0 ? '–' : t('count.of', { shown: injected, total })}</span>}
    </span>
  );
}
