import { useTranslations } from 'next-intl';
import type { TableRow } from '@/components/preview/preview-rows';
import type { PreviewStream } from '@/components/preview/use-preview-stream';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { InjectionActionName, InjectionPlanAnswer } from '@/lib/api/injection';
import { LabelDiff } from './label-diff';
import { ModeBadge } from './mode-badge';
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

const WARNING = {
  error: { state: 'refused', ink: 'text-state-refused' },
  warning: { state: 'missing', ink: 'text-state-missing' },
  notice: { state: 'not-injected', ink: 'text-ink-2' },
} as const;

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="mb-1.5 text-sm font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
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
          <Section title={t('section.choose')}>
            <TargetChoice targets={plan.targets} revision={revision} onRevision={onRevision} />
          </Section>
        )}
        <div className="min-w-0">
          <Section title={t('section.ask')}>
            <LabelDiff lines={plan.labels.lines} />
          </Section>
          <Section title={t('section.answers')}>
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
          </Section>
          <Section title={t('section.now')}>
            {plan.facts.map((fact) => (
              <p key={fact.code}>
                <Phrase value={fact} />
              </p>
            ))}
          </Section>
        </div>
      </div>
      {plan.warnings.length > 0 && (
        <ul className="mb-5 flex flex-col gap-1.5">
          {plan.warnings.map(({ severity, text }) => (
            <li
              key={`${text.code} ${JSON.stringify(text.values)}`}
              className={`flex items-baseline gap-2 ${WARNING[severity].ink}`}
            >
              <span className="translate-y-px">
                <StateShape state={WARNING[severity].state} />
              </span>
              <span>
                <Phrase value={text} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Section title={t('section.restart')}>
        <PlannedWorkloads
          namespace={plan.namespace}
          action={action}
          revision={revision}
          rows={rows}
          stream={stream}
          restarts={restarts}
          onRestarts={onRestarts}
        />
      </Section>
      {!plan.labels.isNoChange && <KubectlLine command={plan.labels.kubectl} />}
    </>
  );
}
