'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { useResource } from '@/components/shared/use-resource';
import { podDiffAnswerSchema } from '@/lib/api/pod-diff';
import { BeforeAfterSkeleton } from './before-after-skeleton';
import { BeforeAfterView } from './before-after-view';
import { WithoutSidecar } from './without-sidecar';

interface BeforeAfterTabProps {
  readonly namespace: string;
  readonly pod: string;
}

/** What injection did to one pod: the picture, the list, the YAML. */
export function BeforeAfterTab({ namespace, pod }: BeforeAfterTabProps) {
  const t = useTranslations('pod.beforeAfter');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/diff`;
  const data = useResource(path, podDiffAnswerSchema, ['pods'], { namespace });
  return (
    <Block data={data} skeleton={<BeforeAfterSkeleton label={t('loading')} />}>
      {(answer) =>
        answer.isInjected ? (
          <BeforeAfterView answer={answer} pod={pod} />
        ) : (
          <WithoutSidecar answer={answer} namespace={namespace} pod={pod} />
        )
      }
    </Block>
  );
}
