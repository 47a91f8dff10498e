import 'server-only';
import { type Json, numberAt, objectAt, textAt } from '@/lib/cluster/json-fields';
import type { EventRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { projectMetadata } from './project-metadata';

const LONGEST_MESSAGE = 2048;

/** An event of either form: written by core/v1 recorders with counts, or by events.k8s.io ones with a series. */
export function projectEvent(object: Json, interner: Interner): EventRecord {
  const involved = objectAt(object, 'involvedObject');
  const series = objectAt(object, 'series');
  const record = projectMetadata(object, 'Event', interner);
  const lastSeen =
    textAt(series, 'lastObservedTime') ||
    textAt(object, 'lastTimestamp') ||
    textAt(object, 'eventTime') ||
    textAt(object, 'firstTimestamp') ||
    record.createdAt;
  return {
    reason: interner.text(textAt(object, 'reason')),
    message: textAt(object, 'message').slice(0, LONGEST_MESSAGE),
    type: interner.text(textAt(object, 'type')),
    count: numberAt(series, 'count') ?? numberAt(object, 'count') ?? 1,
    lastSeen,
    involved: {
      kind: interner.text(textAt(involved, 'kind')),
      name: textAt(involved, 'name'),
      uid: textAt(involved, 'uid'),
    },
    ...record,
  };
}
