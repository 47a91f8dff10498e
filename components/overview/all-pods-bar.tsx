import { useFormatter, useTranslations } from 'next-intl';
import { PodsBar } from '@/components/shared/pods-bar';
import { StateBadge } from '@/components/shared/state-badge';
import type { OverviewAnswer } from '@/lib/api/overview';

interface AllPodsBarProps {
  readonly bar: OverviewAnswer['bar'];
  readonly total: number;
}

/** Every pod of the cluster by state, as one bar with its legend. */
export function AllPodsBar({ bar, total }: AllPodsBarProps) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const counts = Object.fromEntries(bar.map(({ state, count }) => [state, count]));
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('allPods', { count: total })}</h2>
      <div className="[&>span]:flex">
        <PodsBar counts={counts} isBare className="h-3! w-full" />
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
        {bar.map(({ state, count, share }) => (
          <li key={state} className="flex items-center gap-2">
            <StateBadge state={state} />
            <span>
              {format.number(count)}{' '}
              <span className="text-ink-3">{format.number(share, { style: 'percent', maximumFractionDigits: 1 })}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
