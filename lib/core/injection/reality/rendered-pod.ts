import { isObject, type JsonObject, objectAt, textAt, textsOf } from '@/lib/core/injection/engine/json-types';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { podOfWorkload } from '@/lib/core/injection/pod-of-workload';
import { uninjectPod } from '@/lib/core/injection/uninject/uninject-pod';

/** Labels that a controller gives each of its pods, beside those of the template. */
const CONTROLLER_LABELS: readonly string[] = [
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
];
const REVISION_HASH = 'controller-revision-hash';
const TEMPLATE_GENERATION = 'pod-template-generation';
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation';

/** What makes a pod: an object with a template, as the API server has it. */
export interface PodMaker {
  readonly kind: string;
  readonly object: JsonObject;
}

export type SentPod =
  | { readonly kind: 'template' | 'recovered'; readonly pod: JsonObject }
  /** The maker's template is another one by now, and the pod's own cannot be known. */
  | { readonly kind: 'moved' };

/**
 * The pod as its controller would send it to be created.
 *
 * Input: the pod as it runs, where there is one; what made it, where that is known.
 * Output: of the maker's template while that is the one the pod was made of, else of the pod with its injection taken out.
 */
export function toSentPod(running: JsonObject | undefined, maker: PodMaker | undefined): SentPod {
  const kind = maker && workloadKind(maker.kind);
  if (maker !== undefined && kind !== undefined) {
    if (running !== undefined && hasMoved(running, maker)) return { kind: 'moved' };
    return { kind: 'template', pod: asOwned(podOfWorkload(kind, maker.object), running) };
  }
  if (running === undefined) return { kind: 'moved' };
  return { kind: 'recovered', pod: asSent(uninjectPod(running).pod) };
}

/** Only kinds whose template can change under a pod: a ReplicaSet's and a Job's cannot. */
function hasMoved(running: JsonObject, { kind, object }: PodMaker): boolean {
  const labels = textsOf(objectAt(running, 'metadata').labels);
  const status = objectAt(object, 'status');
  switch (kind) {
    case 'StatefulSet':
      return labels[REVISION_HASH] !== textAt(status, 'updateRevision');
    case 'DaemonSet': {
      const annotations = textsOf(objectAt(object, 'metadata').annotations);
      return labels[TEMPLATE_GENERATION] !== annotations[GENERATION_ANNOTATION];
    }
    default:
      return false;
  }
}

/** With what the controller gave the pod that runs, beside its template. */
function asOwned(pod: JsonObject, running: JsonObject | undefined): JsonObject {
  if (running === undefined) return pod;
  const { labels, ownerReferences } = objectAt(running, 'metadata');
  const own = textsOf(labels);
  const added = CONTROLLER_LABELS.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]] as const]));
  const metadata = objectAt(pod, 'metadata');
  return {
    ...pod,
    metadata: {
      ...metadata,
      ...(added.length === 0 ? {} : { labels: { ...objectAt(metadata, 'labels'), ...Object.fromEntries(added) } }),
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
    },
  };
}

/** Without what a pod has only once it is there. */
function asSent(pod: JsonObject): JsonObject {
  const { status: _status, ...rest } = pod;
  const {
    uid: _uid,
    resourceVersion: _version,
    creationTimestamp: _time,
    managedFields: _fields,
    ...metadata
  } = objectAt(rest, 'metadata');
  const { nodeName: _node, ...spec } = objectAt(rest, 'spec');
  return isObject(pod.spec) ? { ...rest, metadata, spec } : { ...rest, metadata };
}
