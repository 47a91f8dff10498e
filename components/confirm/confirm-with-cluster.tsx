'use client';
import './confirm.css';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { RightButton } from '@/components/injection/restart-right-button';
import { announce } from '@/components/shared/announce';
import { BlockFailure } from '@/components/shared/block-failure';
import { SkeletonLines } from '@/components/shared/skeleton';
import { type Loadable, useResource } from '@/components/shared/use-resource';
import { type ConfirmAccess, confirmAccessSchema } from '@/lib/api/confirm';
import { ConfirmResult } from './confirm-result';
import { useConfirm } from './use-confirm';

interface ConfirmWithClusterProps {
  /** The API's path of the workload or pod whose pod is tried, without a slash at its end. */
  readonly path: string;
}

/** Has the cluster itself try the pod that Sidelight foresees, and shows whether both agree. */
export function ConfirmWithCluster({ path }: ConfirmWithClusterProps) {
  const t = useTranslations('confirm');
  const id = useId();
  const address = `${path}/confirm`;
  const access = useResource(address, confirmAccessSchema, []);
  const { confirming, ask } = useConfirm(address, (end) => {
    if (end.status === 'failed') announce(t('failed'));
    if (end.status !== 'done') return;
    const { outcome, differences } = end.answer;
    announce(t(`outcome.${outcome}`, { count: differences.length }));
  });
  const obstacle = useObstacle(access);
  const isBusy = confirming.status === 'busy';
  return (
    <section aria-labelledby={id} className="mt-8">
      <div className="mb-3 flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 id={id} className="mb-1 text-prose font-semibold">
            {t('title')}
          </h2>
          <p className="max-w-prose-wide text-ink-2">{t('lead')}</p>
          {obstacle !== undefined && <p className="mt-1 text-state-missing">{obstacle}</p>}
        </div>
        <RightButton reason={isBusy ? t('running') : obstacle} onClick={ask}>
          {t(confirming.status === 'idle' || isBusy ? 'ask' : 'again')}
        </RightButton>
      </div>
      {isBusy && (
        <div aria-busy="true">
          <span className="sr-only">{t('running')}</span>
          <SkeletonLines count={3} />
        </div>
      )}
      {confirming.status === 'failed' && <BlockFailure error={confirming.error} onRetry={ask} />}
      {confirming.status === 'done' && <ConfirmResult answer={confirming.answer} />}
    </section>
  );
}

/** What stands against asking; nothing while that is not known, since the answer to the question itself tells. */
function useObstacle(access: Loadable<ConfirmAccess>): string | undefined {
  const t = useTranslations('confirm');
  if (access.status !== 'ready') return undefined;
  const { isReadOnly, access: right } = access.value;
  if (isReadOnly) return t('readOnly');
  return right.allowed ? undefined : t('right', { right: right.right });
}
