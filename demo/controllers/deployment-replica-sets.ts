import { jsonEqual, recordAt, stringMapAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { POD_TEMPLATE_HASH_LABEL } from '@/lib/core/kube/names';
import { isControlledBy, ownerReferenceTo } from './object-keys';
import { replicasOf } from './replica-set-controller';
import { rolloutLimits } from './rollout-sizes';
import { hashOf } from './template-hash';

export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
/** Revisions that a ReplicaSet was before a rollback made it the newest again. */
export const HISTORY_ANNOTATION = 'deployment.kubernetes.io/revision-history';
export const DESIRED_ANNOTATION = 'deployment.kubernetes.io/desired-replicas';
export const MAX_ANNOTATION = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that its ReplicaSets do not get. */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION_ANNOTATION,
  HISTORY_ANNOTATION,
  DESIRED_ANNOTATION,
  MAX_ANNOTATION,
  'deprecated.deployment.rollback.to',
]);

/** The ReplicaSets of a Deployment: the one of its present template, and those of earlier ones, oldest first. */
export interface ReplicaSets {
  readonly current: KubeObject | undefined;
  readonly old: readonly KubeObject[];
  readonly all: readonly KubeObject[];
}

export function replicaSetsOf(store: Store, deployment: KubeObject): ReplicaSets {
  const owned = store
    .dependents(deployment.metadata.uid)
    .filter((object) => object.kind === 'ReplicaSet' && isControlledBy(object, deployment.metadata.uid))
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? -1 : 1));
  const current = owned.find((replicaSet) => hasTemplateOf(replicaSet, deployment));
  return { current, old: owned.filter((replicaSet) => replicaSet !== current), all: owned };
}

function hasTemplateOf(replicaSet: KubeObject, deployment: KubeObject): boolean {
  const template = recordAt(replicaSet, 'spec', 'template');
  const { [POD_TEMPLATE_HASH_LABEL]: _hash, ...labels } = stringMapAt(template, 'metadata', 'labels');
  const plain = { ...template, metadata: { ...recordAt(template, 'metadata'), labels } };
  const wanted = recordAt(deployment, 'spec', 'template');
  const wantedLabels = stringMapAt(wanted, 'metadata', 'labels');
  return jsonEqual(plain, { ...wanted, metadata: { ...recordAt(wanted, 'metadata'), labels: wantedLabels } });
}

export function revisionOf(object: NewObject): number {
  return Number(object.metadata.annotations?.[REVISION_ANNOTATION] ?? 0);
}

export function maxReplicasOf(deployment: KubeObject): number {
  const replicas = replicasOf(deployment);
  return replicas + rolloutLimits(deployment, replicas).maxSurge;
}

/** Annotations that a ReplicaSet carries for its Deployment. */
export function replicaSetAnnotations(deployment: KubeObject, revision: number): Record<string, string> {
  const inherited = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name]) => !OWN_ANNOTATIONS.has(name),
  );
  return {
    ...Object.fromEntries(inherited),
    [DESIRED_ANNOTATION]: String(replicasOf(deployment)),
    [MAX_ANNOTATION]: String(maxReplicasOf(deployment)),
    [REVISION_ANNOTATION]: String(revision),
  };
}

/** A ReplicaSet for the Deployment's present template. */
export function buildReplicaSet(deployment: KubeObject, replicas: number, revision: number): NewObject {
  const template = recordAt(deployment, 'spec', 'template');
  const hash = hashOf(template);
  const labels = { ...stringMapAt(template, 'metadata', 'labels'), [POD_TEMPLATE_HASH_LABEL]: hash };
  const selector = recordAt(deployment, 'spec', 'selector');
  const matchLabels = { ...stringMapAt(selector, 'matchLabels'), [POD_TEMPLATE_HASH_LABEL]: hash };
  const spec: JsonObject = {
    replicas,
    ...minReadySeconds(deployment),
    selector: { ...selector, matchLabels },
    template: { ...template, metadata: { ...recordAt(template, 'metadata'), labels } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? 'default',
      labels,
      annotations: replicaSetAnnotations(deployment, revision),
      ownerReferences: [ownerReferenceTo(deployment)],
    },
    spec,
  };
}

function minReadySeconds(deployment: KubeObject): JsonObject {
  const seconds = deployment.spec?.minReadySeconds;
  return typeof seconds === 'number' && seconds > 0 ? { minReadySeconds: seconds } : {};
}
