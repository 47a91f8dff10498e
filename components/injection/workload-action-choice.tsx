import { useTranslations } from 'next-intl';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadSwitchPlan } from '@/lib/api/workload-switch';
import { INJECT_KEY } from '@/lib/core/kube/names';

interface WorkloadActionChoiceProps {
  readonly plan: WorkloadSwitchPlan;
  readonly action: InjectionActionName;
  readonly onAction: (action: InjectionActionName) => void;
}

const CODE = {
  enable: `${INJECT_KEY}: "true"`,
  disable: `${INJECT_KEY}: "false"`,
};

/** The three values of the switch; the one that stands there now says so. */
export function WorkloadActionChoice({ plan, action, onAction }: WorkloadActionChoiceProps) {
  const t = useTranslations('workloadSwitch.action');
  return (
    <fieldset className="mb-5 flex flex-col gap-1">
      <legend className="mb-1.5 text-sm font-medium text-ink-3">{t('legend')}</legend>
      {(['enable', 'disable', 'unset'] as const).map((one) => (
        <label key={one} className="flex flex-wrap items-center gap-x-2.5">
          <input
            type="radio"
            name="workload-switch"
            className="size-3.75 accent-accent"
            checked={one === action}
            onChange={() => onAction(one)}
          />
          <span>{t(one)}</span>
          {one === 'unset' ? (
            <span className="text-ink-3">{t('noLabel')}</span>
          ) : (
            <code className="text-ink-3">{CODE[one]}</code>
          )}
          {!plan.actions.includes(one) && <span className="text-ink-3">({t('now')})</span>}
        </label>
      ))}
    </fieldset>
  );
}
