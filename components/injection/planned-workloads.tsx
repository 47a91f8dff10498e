import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/shared/checkbox';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { InjectionPlanAnswer, PlannedWorkload } from '@/lib/api/injection';
import { restartable } from './toggle-plan';

interface PlannedWorkloadsProps {
  readonly plan: InjectionPlanAnswer;
  readonly restarts: ReadonlySet<string>;
  readonly onRestarts: (ids: ReadonlySet<string>) => void;
}

const BECOMES: Readonly<Record<PlannedWorkload['becomes'], StateName>> = {
  gains: 'planned',
  loses: 'not-injected',
  'changes-revision': 'planned',
  keeps: 'injected',
  'stays-without': 'not-injected',
  refused: 'refused',
  unknown: 'unknown',
};

const idOf = ({ kind, name }: { readonly kind: string; readonly name: string }) => `${kind}/${name}`;

/** What becomes of each workload, and which of them are restarted with the switch. */
export function PlannedWorkloads({ plan, restarts, onRestarts }: PlannedWorkloadsProps) {
  const t = useTranslations('toggle');
  const able = restartable(plan);
  if (plan.workloads.length === 0) return <p className="text-ink-2">{t('workloads.none')}</p>;
  const isAll = able.length > 0 && able.every((row) => restarts.has(idOf(row)));
  const change = (id: string, isOn: boolean) => {
    const next = new Set(restarts);
    if (isOn) next.add(id);
    else next.delete(id);
    onRestarts(next);
  };
  return (
    <>
      <div className="table-frame">
        <table className="table" style={{ minWidth: 560 }}>
          <thead>
            <tr className="text-left text-ink-3">
              <th className="table-head-cell static! h-8 w-10 px-3 font-medium">
                <span className="sr-only">{t('workloads.restart')}</span>
              </th>
              <th className="table-head-cell static! h-8 px-3 font-medium">{t('workloads.workload')}</th>
              <th className="table-head-cell static! h-8 w-16 px-3 text-right font-medium">{t('workloads.pods')}</th>
              <th className="table-head-cell static! h-8 w-44 px-3 font-medium">{t('workloads.becomes')}</th>
              <th className="table-head-cell static! h-8 w-36 px-3 font-medium max-md:hidden">{t('workloads.adds')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.workloads.map((row) => (
              <tr key={idOf(row)}>
                <td className="h-9 border-b border-line px-3">
                  {able.some((other) => idOf(other) === idOf(row)) && (
                    <Checkbox
                      label={t('workloads.restartOne', { name: row.name })}
                      isChecked={restarts.has(idOf(row))}
                      onChange={(isOn) => change(idOf(row), isOn)}
                    />
                  )}
                </td>
                <td className="h-9 border-b border-line px-3">
                  <span className="text-ink-3">{row.kind}</span> <code>{row.name}</code>
                  {row.becomes === 'refused' && (
                    <span className="block pb-1 whitespace-normal text-state-refused">
                      <Phrase value={row.because} />
                    </span>
                  )}
                </td>
                <td className="h-9 border-b border-line px-3 text-right">{row.pods}</td>
                <td className="h-9 border-b border-line px-3">
                  <StateBadge state={BECOMES[row.becomes]}>{t(`becomes.${row.becomes}`)}</StateBadge>
                </td>
                <td className="mono h-9 border-b border-line px-3 text-ink-2 max-md:hidden">
                  {row.adds === undefined ? '' : `${row.adds.cpu} / ${row.adds.memory}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {plan.adds !== undefined && (
        <p className="mt-2 text-ink-2">{t('workloads.total', { cpu: plan.adds.cpu, memory: plan.adds.memory })}</p>
      )}
      {able.length > 0 && (
        <p className="mt-2">
          <Checkbox
            isLabelShown
            label={t('workloads.restartAll', { count: able.length })}
            isChecked={isAll}
            isMixed={restarts.size > 0 && !isAll}
            onChange={(isOn) => onRestarts(new Set(isOn ? able.map(idOf) : []))}
          />
        </p>
      )}
    </>
  );
}
