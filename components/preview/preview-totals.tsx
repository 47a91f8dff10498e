import { useFormatter, useTranslations } from 'next-intl';
import type { InjectionActionName } from '@/lib/api/injection';
import type { PreviewTotals as Totals } from '@/lib/api/preview';
import { Amounts } from './amounts';

interface PreviewTotalsProps {
  readonly action: InjectionActionName;
  readonly totals: Totals | undefined;
  readonly isWhole: boolean;
}

const SHOWN = ['gains', 'changes-revision', 'loses', 'keeps', 'refused', 'unknown'] as const;
/** Shown also when it is none: what was asked for. */
const WANTED = { enable: 'gains', disable: 'loses', unset: 'loses' } as const;

/** What the switch comes to in all, or so far: how many workloads become what, and what their sidecars request. */
export function PreviewTotals({ action, totals, isWhole }: PreviewTotalsProps) {
  const t = useTranslations('preview.totals');
  const format = useFormatter();
  const counts = SHOWN.map((becomes) => ({ becomes, count: totals?.becomes[becomes] ?? 0 })).filter(
    ({ becomes, count }) => count > 0 || becomes === 'refused' || becomes === WANTED[action],
  );
  const none = <span className="text-ink-3">–</span>;
  const facts = [
    ...counts.map(({ becomes, count }) => ({
      id: becomes as string,
      label: t(becomes),
      value: totals === undefined ? none : format.number(count),
      ink: becomes === 'refused' && count > 0 ? 'text-state-refused' : '',
    })),
    {
      id: 'requests',
      label: t('requests'),
      value: totals === undefined ? none : <Amounts value={totals.requests} />,
      ink: '',
    },
    {
      id: 'adds',
      label: t('adds'),
      value: totals === undefined ? none : <Amounts value={totals.adds} isSigned />,
      ink: '',
    },
  ];
  return (
    <section aria-label={t(isWhole ? 'whole' : 'soFar')}>
      <h4 className="sr-only">{t(isWhole ? 'whole' : 'soFar')}</h4>
      <dl className="flex min-h-11 flex-wrap gap-x-6 gap-y-2">
        {facts.map(({ id, label, value, ink }) => (
          <div key={id} className="flex flex-col-reverse">
            <dt className="text-ink-3">{label}</dt>
            <dd className={`text-lead font-semibold ${ink}`}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
