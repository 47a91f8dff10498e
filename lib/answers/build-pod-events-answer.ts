import 'server-only';
import type { PodEventsAnswer } from '@/lib/api/pod-head';
import { readEvents } from '@/lib/cluster/read-events';
import type { ClusterSession } from '@/lib/cluster/session';
import type { EventRecord } from '@/lib/core/kube/records';
import { requirePod } from './build-pod-answer';
import { requireNamespace } from './require-namespace';

/** Events of a pod and of what made it, normal ones too, newest first. */
export async function buildPodEventsAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<PodEventsAnswer> {
  const { judged } = requirePod(requireNamespace(session, namespace), name);
  const { uid, owner } = judged.pod;
  const involved = [
    { kind: 'Pod', namespace, name, uid },
    ...(owner === undefined ? [] : [{ kind: owner.kind, namespace, name: owner.name, uid: owner.uid }]),
  ];
  const events = (await Promise.all(involved.map((object) => readEvents(session, object)))).flat();
  return { items: events.sort((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen)).map(toRow) };
}

function toRow({ uid, type, reason, message, count, lastSeen, involved }: EventRecord) {
  return { id: uid, type, reason, message, count, lastSeen, object: { kind: involved.kind, name: involved.name } };
}
