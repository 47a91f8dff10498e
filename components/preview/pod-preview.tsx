'use client';
import { useTranslations } from 'next-intl';
import { ConfirmWithCluster } from '@/components/confirm/confirm-with-cluster';
import { toEvidence } from '@/components/inject/to-evidence';
import { IsPlanned } from '@/components/pod/before-after/after-word';
import { BeforeAfterSkeleton } from '@/components/pod/before-after/before-after-skeleton';
import { BeforeAfterView } from '@/components/pod/before-after/before-after-view';
import { Block } from '@/components/shared/block';
import { useResource } from '@/components/shared/use-resource';
import { type PodPreviewAnswer, podPreviewAnswerSchema } from '@/lib/api/preview';
import { AssumptionSelect } from './assumption-select';
import { previewedPath, previewPath } from './preview-address';
import { PreviewOutcome } from './preview-outcome';
import { PreviewYamlActions } from './preview-yaml-actions';
import { useAssumed } from './use-assumed';

const KINDS = [
  'namespaces',
  'mutatingwebhookconfigurations',
  'configmaps',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
];

interface PodPreviewProps {
  readonly namespace: string;
  /** `Pod` for a pod as such, else the kind of its workload. */
  readonly kind: string;
  readonly name: string;
}

interface PreviewBodyProps {
  readonly answer: PodPreviewAnswer;
  readonly name: string;
  /** Of the workload or pod, without a slash at its end. */
  readonly path: string;
}

function PreviewBody({ answer, name, path }: PreviewBodyProps) {
  const { comparison, parts, assumption } = answer;
  return (
    <>
      <PreviewOutcome answer={answer} />
      {comparison !== undefined && (
        <IsPlanned value={true}>
          <BeforeAfterView
            answer={comparison}
            pod={name}
            lead={null}
            {...(parts.length === 0 ? {} : { parts: toEvidence(name, parts, comparison.yaml.asRuns) })}
          />
        </IsPlanned>
      )}
      {assumption.kind === 'as-is' && <ConfirmWithCluster path={path} />}
    </>
  );
}

/** What the next pod would be: under which labels, before and after, what arrives and why, or who refuses it. */
export function PodPreview({ namespace, kind, name }: PodPreviewProps) {
  const t = useTranslations('preview');
  const [assumed, assume] = useAssumed();
  const path = previewPath(namespace, kind, name, assumed);
  const data = useResource(path, podPreviewAnswerSchema, KINDS, { namespace });
  const answer = data.status === 'ready' ? data.value : undefined;
  const after = answer?.yaml?.after;
  return (
    <section aria-label={t('label')}>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <AssumptionSelect namespace={namespace} assumed={assumed} taken={answer?.assumption} onAssume={assume} />
        {after !== undefined && (
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <PreviewYamlActions yaml={after} fileName={`${name}-preview`} />
          </div>
        )}
      </div>
      <Block data={data} skeleton={<BeforeAfterSkeleton label={t('loading')} />}>
        {(value) => <PreviewBody answer={value} name={name} path={previewedPath(namespace, kind, name)} />}
      </Block>
    </section>
  );
}
