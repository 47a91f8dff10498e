import { useTranslations } from 'next-intl';
import { Amounts } from '@/components/preview/amounts';
import { ArrivingContainers } from '@/components/preview/arriving-containers';
import { RefusalList } from '@/components/preview/refusal-list';
import { WarningList } from '@/components/preview/warning-list';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import { useResource } from '@/components/shared/use-resource';
import type { InjectionActionName } from '@/lib/api/injection';
import {
  type WorkloadSwitchPlan,
  type WorkloadSwitchPreview,
  workloadSwitchPreviewSchema,
} from '@/lib/api/workload-switch';
import { EFFECT_STATE } from './effect-count';
import { workloadInjectionPath } from './injection-paths';

/** Kinds whose change makes another pod. */
const KINDS = ['namespaces', 'configmaps', 'mutatingwebhookconfigurations'];

interface WorkloadActionPreviewProps {
  readonly plan: WorkloadSwitchPlan;
  readonly action: InjectionActionName;
}

/** What the new pods would be: by the labels at once, and by the injector's own templates as soon as they are rendered. */
export function WorkloadActionPreview({ plan, action }: WorkloadActionPreviewProps) {
  const tToggle = useTranslations('toggle');
  const path = `${workloadInjectionPath(plan)}/preview?action=${action}`;
  const preview = useResource(path, workloadSwitchPreviewSchema, KINDS, { namespace: plan.namespace });
  const row = preview.status === 'ready' ? preview.value.row : undefined;
  const { becomes, because } = row ?? plan.becomes;
  return (
    <div aria-busy={preview.status === 'loading'}>
      <p className="flex flex-wrap items-center gap-x-2">
        <StateBadge state={EFFECT_STATE[becomes]}>{tToggle(`becomes.${becomes}`)}</StateBadge>
        <span className="text-ink-2">
          <Phrase value={because} />
        </span>
      </p>
      {row !== undefined && <RenderedPod row={row} />}
    </div>
  );
}

function RenderedPod({ row }: Pick<WorkloadSwitchPreview, 'row'>) {
  const t = useTranslations('preview');
  const { refusals, problem, warnings, containers, requests } = row;
  return (
    <div className="mt-2 flex flex-col gap-3">
      {problem !== undefined && <WarningList phrases={[problem]} />}
      {refusals.length > 0 && <RefusalList refusals={refusals} />}
      <WarningList phrases={warnings} />
      {containers.length > 0 && <ArrivingContainers containers={containers} />}
      {requests !== undefined && (
        <p className="text-ink-2">
          {t.rich('requests.sum', {
            replicas: requests.replicas,
            perPod: () => <Amounts value={requests.perPod} />,
            total: () => <Amounts value={requests.total} />,
          })}
        </p>
      )}
    </div>
  );
}
