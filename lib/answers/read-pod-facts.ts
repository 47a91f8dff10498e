import 'server-only';
import { ClusterError, toClusterError } from '@/lib/cluster/cluster-error';
import { readObject, readPodWithFields } from '@/lib/cluster/read-object';
import type { ClusterSession } from '@/lib/cluster/session';
import { POD_MAKERS } from '@/lib/cluster/workload-kinds.data';
import type { ClusterDns } from '@/lib/core/capture/read-pod-network';
import type { OwnerReference } from '@/lib/core/kube/object-types';
import type { Pod, PodTemplate } from '@/lib/core/kube/pod-types';
import type { OwnerTemplate } from '@/lib/core/pod/written-pod';

/** The DNS service goes by this name in kubeadm's clusters and most others. */
const DNS_SERVICE = { namespace: 'kube-system', names: ['kube-dns', 'coredns'] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export interface PodFacts {
  readonly pod: Pod;
  readonly owner: OwnerTemplate | undefined;
  /** Why the owner's template is not there although the pod has an owner. */
  readonly ownerProblem: string | undefined;
  readonly clusterDns: ClusterDns;
}

/** Gathers one pod whole, with the template that made it. A template that cannot be read is told, not an error. */
export async function readPodFacts(session: ClusterSession, namespace: string, name: string): Promise<PodFacts> {
  const pod = await readPodWithFields(session, namespace, name);
  const reference = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const read = reference === undefined ? undefined : await readOwner(session, namespace, reference);
  return { pod, owner: read?.owner, ownerProblem: read?.problem, clusterDns: findClusterDns(session) };
}

async function readOwner(session: ClusterSession, namespace: string, { kind, name, uid }: OwnerReference) {
  const id = POD_MAKERS[kind];
  if (id === undefined) return { problem: `${kind} "${name}" is not of a kind that is read.` };
  try {
    const object = await readObject(session, id, namespace, name);
    if (object.metadata.uid !== uid) throw new ClusterError('not-found', `${kind} "${name}" is another one by now.`);
    const template = isObject(object.spec) ? object.spec.template : undefined;
    return isTemplate(template)
      ? { owner: { kind, name, template } }
      : { problem: `${kind} "${name}" has no template.` };
  } catch (error) {
    return { problem: toClusterError(error).message };
  }
}

function isTemplate(value: unknown): value is PodTemplate {
  return isObject(value) && isObject(value.spec);
}

function findClusterDns({ store }: ClusterSession): ClusterDns {
  const service = DNS_SERVICE.names
    .map((name) => store.get('services', DNS_SERVICE.namespace, name))
    .find((found) => found !== undefined && found.clusterIP !== '' && found.clusterIP !== 'None');
  return service === undefined ? {} : { serverAddress: service.clusterIP };
}
