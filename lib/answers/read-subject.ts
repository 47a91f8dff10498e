import 'server-only';
import { ClusterError, toClusterError } from '@/lib/cluster/cluster-error';
import { readObject } from '@/lib/cluster/read-object';
import type { ClusterSession } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import type { RenderingSubject } from '@/lib/core/injection/reality/check-rendering';
import type { PodMaker } from '@/lib/core/injection/reality/rendered-pod';
import type { MakerReference, WantedCheck } from '@/lib/core/injection/reality/wanted-checks';
import type { StringMap } from '@/lib/core/kube/object-types';

const KINDS: Readonly<Record<string, KindId>> = {
  Deployment: 'deployments',
  ReplicaSet: 'replicasets',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
  ReplicationController: 'replicationcontrollers',
  Pod: 'pods',
};

export type SubjectRead =
  | { readonly kind: 'subject'; readonly subject: RenderingSubject }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Reads whole what a check needs. An owner that cannot be read leaves the pod to speak for itself. */
export async function readSubject(
  session: ClusterSession,
  { namespace, pod, maker, path }: WantedCheck,
  namespaceAnnotations: StringMap,
): Promise<SubjectRead> {
  const shared = { namespace, namespaceAnnotations, ...(path === undefined ? {} : { path }) };
  try {
    if (pod === undefined) {
      const made = maker && (await readMaker(session, maker, namespace));
      return made === undefined ? { kind: 'gone' } : { kind: 'subject', subject: { ...shared, maker: made } };
    }
    const [running, made] = await Promise.all([
      readWhole(session, 'pods', pod.name, namespace),
      maker && readMaker(session, maker, namespace).catch(() => undefined),
    ]);
    return { kind: 'subject', subject: { ...shared, running, ...(made === undefined ? {} : { maker: made }) } };
  } catch (error) {
    const { code, message } = toClusterError(error);
    return code === 'not-found' ? { kind: 'gone' } : { kind: 'unreadable', detail: message };
  }
}

async function readMaker(
  session: ClusterSession,
  { kind, name }: MakerReference,
  namespace: string,
): Promise<PodMaker | undefined> {
  const id = KINDS[kind];
  return id === undefined ? undefined : { kind, object: await readWhole(session, id, name, namespace) };
}

async function readWhole(session: ClusterSession, id: KindId, name: string, namespace: string): Promise<JsonObject> {
  const object: unknown = await readObject(session, id, namespace, name, session.signal);
  if (isSentJson(object)) return object;
  throw new ClusterError('internal', `${id} "${name}" is not an object.`);
}

/** What an API server sent is JSON, whatever it says. */
function isSentJson(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
