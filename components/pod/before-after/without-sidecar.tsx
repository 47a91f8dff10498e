'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { PodPreview } from '@/components/preview/pod-preview';
import type { PodDiffAnswer } from '@/lib/api/pod-diff';
import { BeforeAfterView } from './before-after-view';
import { Choice } from './choice';

const SHOWN = ['planned', 'today'] as const;

interface WithoutSidecarProps {
  readonly answer: PodDiffAnswer;
  readonly namespace: string;
  readonly pod: string;
}

/** A pod to which injection did nothing: what it would be if it were made again, or as it is today. */
export function WithoutSidecar({ answer, namespace, pod }: WithoutSidecarProps) {
  const t = useTranslations('pod.beforeAfter.without');
  const [shown, setShown] = useQueryState('show', parseAsStringLiteral(SHOWN).withDefault('planned'));
  return (
    <>
      <div className="mb-4">
        <Choice
          label={t('label')}
          options={SHOWN.map((id) => ({ id, label: t(id) }))}
          value={shown}
          onChange={(id) => void setShown(id === 'planned' ? null : id)}
        />
      </div>
      {shown === 'planned' ? (
        <PodPreview namespace={namespace} kind="Pod" name={pod} />
      ) : (
        <BeforeAfterView answer={answer} pod={pod} />
      )}
    </>
  );
}
