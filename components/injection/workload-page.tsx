'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { Phrase } from '@/components/shared/phrase';
import { useResource } from '@/components/shared/use-resource';
import { type WorkloadAnswer, workloadAnswerSchema } from '@/lib/api/workload';
import { GateList } from './gate-list';
import { NAMESPACE_KINDS } from './namespace-kinds';
import { RestartDialog } from './restart-dialog';
import { WorkloadHead } from './workload-head';
import { WorkloadPods } from './workload-pods';
import { WorkloadRefusal } from './workload-refusal';

interface WorkloadPageProps {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

function NextPod({ next }: { readonly next: NonNullable<WorkloadAnswer['next']> }) {
  const t = useTranslations('workload');
  return (
    <section className="mt-8">
      <h2 className="mb-1 text-prose font-semibold">{t('next')}</h2>
      <p className="mb-3 text-ink-2">
        <Phrase value={next.because} />
      </p>
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <GateList gates={next.gates} />
        {next.remedies.length > 0 && (
          <aside>
            <h3 className="mb-2 text-prose font-semibold">{t('change')}</h3>
            <ol className="flex flex-col gap-2">
              {next.remedies.map(({ action, text }) => (
                <li key={`${action} ${text.code}`}>
                  <Phrase value={text} />
                </li>
              ))}
            </ol>
          </aside>
        )}
      </div>
    </section>
  );
}

/** One workload: its pods and rollout, why pods could not be made, and what its next pod would meet. */
export function WorkloadPage({ namespace, kind, name }: WorkloadPageProps) {
  const [isRestarting, setIsRestarting] = useState(false);
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
        onRestart={() => setIsRestarting(true)}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      <Block data={data}>
        {({ refusal, pods, next }) => (
          <>
            {refusal !== undefined && <WorkloadRefusal refusal={refusal} />}
            <WorkloadPods namespace={namespace} pods={pods} />
            {next !== undefined && <NextPod next={next} />}
          </>
        )}
      </Block>
      {isRestarting && answer !== undefined && (
        <RestartDialog
          namespace={namespace}
          workloads={[answer.workload]}
          initial={[`${kind}/${name}`]}
          onClose={() => setIsRestarting(false)}
        />
      )}
    </>
  );
}
