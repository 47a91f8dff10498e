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

/** Whether what the page shows is how things stand now, and if not, since when. */
export function ConnectionState() {
  const t = useTranslations('frame.connection');
  const { status, since } = useConnection();
  const { text, dot } = LOOK[status];
  return (
    <span role="status" className={`inline-flex min-w-0 items-center gap-1.5 ${text}`}>
      <span aria-hidden="true" className={`size-1.75 shrink-0 rounded-full ${dot}`} />
      <span className="truncate">{t.rich(status, { since: () => <ClockTime at={since} /> })}</span>
    </span>
  );
}
