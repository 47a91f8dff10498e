import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { PodsBar } from '@/components/shared/pods-bar';
import { StateBadge } from '@/components/shared/state-badge';
import type { OverviewAnswer } from '@/lib/api/overview';

interface AllPodsBarProps {
  readonly bar: OverviewAnswer['bar'];
  readonly total: number;
}

/** Every pod of the cluster by state, as one bar; each entry of its legend leads to the namespaces that hold those pods. */
export function AllPodsBar({ bar, total }: AllPodsBarProps) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const counts = Object.fromEntries(bar.map(({ state, count }) => [state, count]));
  if (total === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-prose font-semibold">{t('allPods', { count: total })}</h2>
      <div className="[&>span]:flex">
        <PodsBar counts={counts} isBare className="h-3! w-full" />
      </div>
      <ul className="mt-2 -ml-2 flex flex-wrap gap-x-3 gap-y-0.5">
        {bar.map(({ state, count, share }) => (
          <li key={state}>
            <Link
              href={`/namespaces?state=${state}`}
              prefetch={false}
              className="group flex items-center gap-2 rounded-md px-2 py-0.5 hover:bg-hover"
            >
              <span className="group-hover:underline">
                <StateBadge state={state} />
              </span>
              <span>
                {format.number(count)}{' '}
                <span className="text-ink-3">
                  {format.number(share, { style: 'percent', maximumFractionDigits: 1 })}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
