'use client';
import { useTranslations } from 'next-intl';
import { ClockTime } from '@/components/shared/relative-time';
import { useConnection } from '@/components/shared/use-cluster-events';

const LOOK = {
  connecting: { text: 'text-ink-3', dot: 'border-[1.5px] border-current' },
  syncing: { text: 'text-ink-3', dot: 'border-[1.5px] border-current' },
  live: { text: 'text-state-injected', dot: 'bg-current' },
  stale: { text: 'text-state-missing', dot: 'border-2 border-current' },
  reconnecting: { text: 'text-state-missing', dot: 'border-2 border-current' },
} as const;

/** Whether what the page shows is how things stand now, and if not, why and since when. */
export function ConnectionState() {
  const t = useTranslations('frame.connection');
  const { status, since, problem } = useConnection();
  const isBlocked = status === 'syncing' && problem !== undefined;
  const { text, dot } = LOOK[isBlocked ? 'stale' : status];
  const words = () => {
    if (isBlocked) return t(`blocked.${problem}`);
    const key = status === 'stale' ? (`stale.${problem ?? 'unreachable'}` as const) : status;
    return t.rich(key, { since: () => <ClockTime at={since} /> });
  };
  return (
    <span role="status" className={`inline-flex min-w-0 items-center gap-1.5 ${text}`}>
      <span aria-hidden="true" className={`size-1.75 shrink-0 rounded-full ${dot}`} />
      <span className="truncate">{words()}</span>
    </span>
  );
}
