import { useTranslations } from 'next-intl';
import type { TableRow } from '@/components/preview/preview-rows';
import type { PreviewStream } from '@/components/preview/use-preview-stream';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { Phrase } from '@/components/shared/phrase';
import type { InjectionActionName, InjectionPlanAnswer } from '@/lib/api/injection';
import { LabelDiff } from './label-diff';
import { ModeBadge } from './mode-badge';
import { PlanSection, PlanWarnings } from './plan-parts';
import { PlannedWorkloads } from './planned-workloads';
import { TargetChoice } from './target-choice';

interface PlanSectionsProps {
  readonly action: InjectionActionName;
  readonly plan: InjectionPlanAnswer;
  readonly revision: string | undefined;
  readonly onRevision: (revision: string | undefined) => void;
  readonly rows: readonly TableRow[];
  readonly stream: PreviewStream;
  readonly restarts: ReadonlySet<string>;
  readonly onRestarts: (ids: ReadonlySet<string>) => void;
}

/** A switch, told in the order in which one decides about it: what is asked, who answers, now, at the next restart. */
export function PlanSections(props: PlanSectionsProps) {
  const { action, plan, revision, onRevision, rows, stream, restarts, onRestarts } = props;
  const t = useTranslations('toggle');
  const hasChoice = action === 'enable' && plan.targets.length > 0;
  return (
    <>
      <div className={hasChoice ? 'gap-x-10 lg:grid lg:grid-cols-[22rem_minmax(0,1fr)]' : ''}>
        {hasChoice && (
          <PlanSection title={t('section.choose')}>
            <TargetChoice targets={plan.targets} revision={revision} onRevision={onRevision} />
          </PlanSection>
        )}
        <div className="min-w-0">
          <PlanSection title={t('section.ask')}>
            <LabelDiff lines={plan.labels.lines} />
          </PlanSection>
          <PlanSection title={t('section.answers')}>
            <p className="flex flex-wrap items-center gap-x-2">
              <ModeBadge mode={plan.modeAfter} />
              <span className="text-ink-2">
                <Phrase value={plan.modeAfter.because} />
              </span>
            </p>
            {plan.modeAfter.servedBy !== null && (
              <p className="mt-1 text-ink-2">
                <code>{plan.modeAfter.servedBy.configuration}</code> · <code>{plan.modeAfter.servedBy.webhook}</code>
                {plan.health !== undefined && (
                  <>
                    {' · '}
                    <Phrase value={plan.health.because} />
                  </>
                )}
              </p>
            )}
          </PlanSection>
          <PlanSection title={t('section.now')}>
            {plan.facts.map((fact) => (
              <p key={fact.code}>
                <Phrase value={fact} />
              </p>
            ))}
          </PlanSection>
        </div>
      </div>
      <PlanWarnings warnings={plan.warnings} />
      <PlanSection title={t('section.restart')}>
        <PlannedWorkloads
          namespace={plan.namespace}
          action={action}
          revision={revision}
          rows={rows}
          stream={stream}
          restarts={restarts}
          onRestarts={onRestarts}
        />
      </PlanSection>
      {!plan.labels.isNoChange && <KubectlLine command={plan.labels.kubectl} />}
    </>
  );
}
