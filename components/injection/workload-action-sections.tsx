import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { Phrase } from '@/components/shared/phrase';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadSwitchPlan } from '@/lib/api/workload-switch';
import { PlanSection, PlanWarnings } from './plan-parts';
import { TemplateDiff } from './template-diff';
import { WorkloadActionPreview } from './workload-action-preview';

interface WorkloadActionSectionsProps {
  readonly plan: WorkloadSwitchPlan;
  readonly action: InjectionActionName;
}

/** A switch of one workload in the order in which one decides about it: what is written, now, the next pods. */
export function WorkloadActionSections({ plan, action }: WorkloadActionSectionsProps) {
  const t = useTranslations('workloadSwitch');
  const yaml = plan.lines
    .filter(({ kind }) => kind !== 'removed')
    .map(({ text }) => text)
    .join('\n');
  return (
    <>
      <PlanSection title={t('section.ask')}>
        <TemplateDiff lines={plan.lines} />
        {plan.after !== null && !plan.isNoChange && (
          <p className="mt-2">
            <CopyButton text={yaml}>{t('copyYaml')}</CopyButton>
          </p>
        )}
      </PlanSection>
      <PlanWarnings warnings={plan.warnings} />
      <PlanSection title={t('section.now')}>
        {plan.facts.map((fact) => (
          <p key={fact.code}>
            <Phrase value={fact} />
          </p>
        ))}
      </PlanSection>
      <PlanSection title={t('section.becomes')}>
        <WorkloadActionPreview key={action} plan={plan} action={action} />
      </PlanSection>
      {!plan.isNoChange && <KubectlLine command={plan.kubectl} />}
    </>
  );
}
