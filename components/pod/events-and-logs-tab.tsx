'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { EmptyState } from '@/components/shared/empty-state';
import { RelativeTime } from '@/components/shared/relative-time';
import { StateShape } from '@/components/shared/state-shape';
import { useResource } from '@/components/shared/use-resource';
import { type EventRow, podEventsAnswerSchema } from '@/lib/api/pod-head';
import { PodLogs } from './pod-logs';
import type { TabProps } from './tab-props';

function EventLine({ event }: { readonly event: EventRow }) {
  const isWarning = event.type === 'Warning';
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-1.5 last:border-b-0">
      <span className="text-ink-3">
        <RelativeTime at={event.lastSeen} />
      </span>
      <span className="min-w-0">
        <span className={`inline-flex items-center gap-1.5 font-medium ${isWarning ? 'text-state-missing' : ''}`}>
          {isWarning && <StateShape state="missing" size={10} />}
          {event.reason}
          {event.count > 1 && <span className="font-normal text-ink-3">×{event.count}</span>}
        </span>{' '}
        <span className="text-ink-3">
          {event.object.kind} <span className="mono">{event.object.name}</span>
        </span>
        <span className="block break-words text-ink-2">{event.message}</span>
      </span>
    </li>
  );
}

/** What happened to the pod and to what made it, and what its containers wrote. */
export function EventsAndLogsTab({
  path,
  namespace,
  containers,
}: TabProps & { readonly containers: readonly string[] }) {
  const t = useTranslations('podPage.events');
  const data = useResource(`${path}/events`, podEventsAnswerSchema, ['pods', 'events'], { namespace });
  return (
    <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)]">
      <Block data={data} title={t('title')}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
          ) : (
            <ul>
              {items.map((event) => (
                <EventLine key={event.id} event={event} />
              ))}
            </ul>
          )
        }
      </Block>
      <PodLogs path={path} containers={containers} />
    </div>
  );
}
