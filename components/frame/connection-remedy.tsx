'use client';
import { useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import { useConnection } from '@/components/shared/use-cluster-events';

/** What a person has to do before the page can be current again; nothing while waiting is enough. */
export function ConnectionRemedy() {
  const t = useTranslations('frame.connection.remedy');
  const { status, problem } = useConnection();
  const isStuck = status === 'stale' || status === 'syncing';
  if (!isStuck || (problem !== 'unauthorized' && problem !== 'untrusted')) return null;
  return (
    <div role="alert" className="mb-4 flex gap-3 rounded-md border border-line bg-panel px-4 py-3">
      <span className="pt-0.5">
        <StateShape state="refused" size={14} />
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{t(`${problem}.title`)}</p>
        <p className="text-ink-2">{t(`${problem}.action`)}</p>
      </div>
    </div>
  );
}
