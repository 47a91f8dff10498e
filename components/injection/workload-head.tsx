import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shared/page-head';
import { Phrase as PhraseText } from '@/components/shared/phrase';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import { SkeletonLine } from '@/components/shared/skeleton';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import { useResource } from '@/components/shared/use-resource';
import { namespaceHref } from '@/lib/api/hrefs';
import type { InjectionActionName } from '@/lib/api/injection';
import { accessAnswerSchema } from '@/lib/api/namespace';
import type { WorkloadAnswer } from '@/lib/api/workload';
import type { Phrase } from '@/lib/core/phrase';
import { ServedBy } from './mode-badge';
import { RestartButton } from './restart-button';
import { WorkloadActionMenu } from './workload-action-menu';
import { type RolloutState, toRolloutState } from './workload-rollout';

interface WorkloadHeadProps {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly answer: WorkloadAnswer | undefined;
  readonly isFailed: boolean;
  readonly onRestart: () => void;
  readonly onSwitch: (action: InjectionActionName) => void;
}

const ROLLOUT_LOOK: Readonly<Record<RolloutState, StateName>> = {
  complete: 'injected',
  rolling: 'planned',
  paused: 'not-injected',
  stuck: 'refused',
};

/** The verdict in one sentence; a refusal by its cause, since its message stands at length below. */
function toVerdict({ workload, refusal, problems }: WorkloadAnswer): Phrase {
  const told = refusal === undefined ? undefined : problems.find(({ cause }) => cause === refusal.cause);
  return told?.title ?? workload.because;
}

function useFacts(answer: WorkloadAnswer | undefined) {
  const t = useTranslations('workload.fact');
  if (answer === undefined) return [];
  const { workload, mode, rollout } = answer;
  const state = toRolloutState(answer);
  const { total: _total, ...states } = workload.counts;
  return [
    { label: t('pods'), value: <PodsBar counts={states} /> },
    {
      label: t('revision'),
      value: <span className="mono">{workload.revisions.length === 0 ? '–' : workload.revisions.join(', ')}</span>,
    },
    { label: t('servedBy'), value: <ServedBy mode={mode} /> },
    ...(rollout === undefined
      ? []
      : [
          {
            label: t('rollout'),
            value: (
              <span className="inline-flex flex-wrap gap-x-2">
                {state !== undefined && (
                  <StateBadge state={ROLLOUT_LOOK[state]}>{t(`rolloutState.${state}`)}</StateBadge>
                )}
                <span className="text-ink-2">
                  {t('updated', { updated: rollout.updated, replicas: rollout.replicas, ready: rollout.ready })}
                </span>
              </span>
            ),
          },
        ]),
    ...(rollout?.restartedAt === undefined
      ? []
      : [{ label: t('restarted'), value: <RelativeTime at={rollout.restartedAt} /> }]),
    { label: t('age'), value: <RelativeTime at={workload.createdAt} /> },
  ];
}

export function WorkloadHead({ namespace, kind, name, answer, isFailed, onRestart, onSwitch }: WorkloadHeadProps) {
  const t = useTranslations('workload');
  const facts = useFacts(answer);
  const access = useResource(`/api/v1/namespaces/${encodeURIComponent(namespace)}/access`, accessAnswerSchema, []);
  return (
    <PageHead
      crumbs={[
        { label: t('namespaces'), href: '/namespaces' },
        { label: namespace, href: namespaceHref(namespace) },
      ]}
      kind={kind}
      title={name}
      isName
      facts={facts}
      verdict={
        answer === undefined ? (
          isFailed ? undefined : (
            <SkeletonLine className="mt-1 w-96" />
          )
        ) : (
          <span className="inline-flex flex-wrap items-baseline gap-x-2">
            <StateBadge state={answer.workload.state} />
            <span>
              <PhraseText value={toVerdict(answer)} />
            </span>
          </span>
        )
      }
      actions={
        answer !== undefined && (
          <>
            {answer.workload.canRestart && (
              <RestartButton access={access} workloads={[answer.workload]} onClick={onRestart} />
            )}
            <WorkloadActionMenu workload={answer.workload} onAction={onSwitch} />
          </>
        )
      }
    />
  );
}
