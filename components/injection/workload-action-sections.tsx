import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { WorkloadSwitchPlan } from '@/lib/api/workload-switch';
import { EFFECT_STATE } from './effect-count';
import { PlanSection, PlanWarnings } from './plan-parts';
import { TemplateDiff } from './template-diff';

/** A switch of one workload in the order in which one decides about it: what is written, now, the next pods. */
export function WorkloadActionSections({ plan }: { readonly plan: WorkloadSwitchPlan }) {
  const t = useTranslations('workloadSwitch');
  const tToggle = useTranslations('toggle');
  const { becomes, because } = plan.becomes;
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
        <p className="flex flex-wrap items-center gap-x-2">
          <StateBadge state={EFFECT_STATE[becomes]}>{tToggle(`becomes.${becomes}`)}</StateBadge>
          <span className="text-ink-2">
            <Phrase value={because} />
          </span>
        </p>
      </PlanSection>
      {!plan.isNoChange && <KubectlLine command={plan.kubectl} />}
    </>
  );
}
