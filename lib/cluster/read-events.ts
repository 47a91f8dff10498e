import 'server-only';
import type { EventRecord } from '@/lib/core/kube/records';
import { listPath } from './discovery';
import { listPages } from './list-pages';
import { projectEvent } from './projections/project-event';
import type { ClusterSession } from './session';

export interface InvolvedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Leaves out events of an earlier object of the same name. */
  readonly uid?: string;
}

/** All events about one object, Normal ones too, newest first. */
export async function readEvents(
  session: ClusterSession,
  involved: InvolvedObject,
  signal?: AbortSignal,
): Promise<readonly EventRecord[]> {
  const fields = [
    `involvedObject.kind=${involved.kind}`,
    `involvedObject.name=${involved.name}`,
    ...(involved.uid === undefined ? [] : [`involvedObject.uid=${involved.uid}`]),
  ];
  const { items } = await listPages(session.transport, {
    path: listPath('', 'v1', 'events', involved.namespace),
    query: { fieldSelector: fields.join(',') },
    pageSize: 250,
    project: (object) => projectEvent(object, session.store.interner),
    ...(signal === undefined ? {} : { signal }),
  });
  return [...items].sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : a.lastSeen > b.lastSeen ? -1 : 0));
}
