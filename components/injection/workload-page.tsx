'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ConfirmWithCluster } from '@/components/confirm/confirm-with-cluster';
import { PodPreview } from '@/components/preview/pod-preview';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { Tabs, useTab } from '@/components/shared/tabs';
import { useResource } from '@/components/shared/use-resource';
import { workloadAnswerSchema } from '@/lib/api/workload';
import { isTemplateKind } from '@/lib/core/injection/workload-switch/template-kinds';
import { NAMESPACE_KINDS } from './namespace-kinds';
import { RestartDialog } from './restart-dialog';
import { WorkloadActionDialog } from './workload-action-dialog';
import { WorkloadHead } from './workload-head';
import { WorkloadNext } from './workload-next';
import { WorkloadPods } from './workload-pods';
import { WorkloadRefusal } from './workload-refusal';
import { WorkloadSkeleton } from './workload-skeleton';

/** Dialogs that an address can open (`?do=`): links from elsewhere lead straight to the act. */
const DIALOGS = ['restart', 'enable', 'disable', 'unset'] as const;

interface WorkloadPageProps {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

const TABS = ['pods', 'preview'] as const;

/** One workload: its pods and rollout, why pods could not be made, what its next pod would meet, and what that would be. */
export function WorkloadPage({ namespace, kind, name }: WorkloadPageProps) {
  const t = useTranslations('workload');
  const tabs = TABS.map((id) => ({ id, label: t(`tab.${id}`) }));
  const tab = useTab(tabs);
  const [dialog, setDialog] = useQueryState('do', parseAsStringLiteral(DIALOGS));
  const path = `/api/v1/namespaces/${[namespace, 'workloads', kind, name].map(encodeURIComponent).join('/')}`;
  const data = useResource(path, workloadAnswerSchema, NAMESPACE_KINDS, { namespace });
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <WorkloadHead
        namespace={namespace}
        kind={kind}
        name={name}
        answer={answer}
        isFailed={data.status === 'failed'}
        onRestart={() => void setDialog('restart')}
        onSwitch={(action) => void setDialog(action)}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={NAMESPACE_KINDS} />}
      <Tabs label={t('tabs')} tabs={tabs} />
      <div className="pt-4">
        {tab === 'preview' ? (
          <PodPreview namespace={namespace} kind={kind} name={name} />
        ) : (
          <Block data={data} skeleton={<WorkloadSkeleton />}>
            {({ workload, refusal, pods, next }) => (
              <>
                {refusal !== undefined && <WorkloadRefusal refusal={refusal} workload={workload} />}
                <WorkloadPods namespace={namespace} pods={pods} />
                {next !== undefined && <WorkloadNext next={next} workload={workload} />}
                {next !== undefined && <ConfirmWithCluster path={path} />}
              </>
            )}
          </Block>
        )}
      </div>
      {dialog !== null && dialog !== 'restart' && isTemplateKind(kind) && (
        <WorkloadActionDialog
          workload={{ kind, namespace, name }}
          action={dialog}
          onClose={() => void setDialog(null)}
        />
      )}
      {dialog === 'restart' && answer?.workload.canRestart === true && (
        <RestartDialog
          namespace={namespace}
          workloads={[answer.workload]}
          initial={[`${kind}/${name}`]}
          onClose={() => void setDialog(null)}
        />
      )}
    </>
  );
}
