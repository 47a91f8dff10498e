import { numberAt, recordAt, stringMapAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { isControlledBy, ownerReferenceTo } from './object-keys';
import { hashOf } from './template-hash';

export const REVISION_HASH_LABEL = 'controller-revision-hash';

/** A StatefulSet's revisions carry the hash under a name of their own. */
const labelOf = ({ kind }: KubeObject) =>
  kind === 'StatefulSet' ? 'controller.kubernetes.io/hash' : REVISION_HASH_LABEL;

/** Where a StatefulSet's or DaemonSet's present template is remembered. */
export interface TemplateRevision {
  /** Name of the ControllerRevision. */
  readonly name: string;
  readonly hash: string;
}

function templateRevision(owner: KubeObject): TemplateRevision {
  const hash = hashOf(recordAt(owner, 'spec', 'template'));
  return { name: `${owner.metadata.name}-${hash}`, hash };
}

/** Keeps a ControllerRevision of the present template, and no more old ones than the owner's limit. */
export function keepRevision(store: Store, owner: KubeObject): TemplateRevision {
  const present = templateRevision(owner);
  const namespace = owner.metadata.namespace ?? 'default';
  const known = store
    .dependents(owner.metadata.uid)
    .filter((object) => object.kind === 'ControllerRevision' && isControlledBy(object, owner.metadata.uid))
    .sort((left, right) => (numberAt(left, 'revision') ?? 0) - (numberAt(right, 'revision') ?? 0));
  if (!known.some((object) => object.metadata.name === present.name)) {
    const template = recordAt(owner, 'spec', 'template');
    const labels = { ...stringMapAt(template, 'metadata', 'labels'), [labelOf(owner)]: present.hash };
    const revision = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: present.name, namespace, labels, ownerReferences: [ownerReferenceTo(owner)] },
      data: { spec: { template: { $patch: 'replace', ...template } } },
      revision: (numberAt(known.at(-1), 'revision') ?? 0) + 1,
    };
    store.create('controllerrevisions.apps', revision, { manager: 'kube-controller-manager' });
  }
  const limit = numberAt(owner, 'spec', 'revisionHistoryLimit') ?? 10;
  const old = known.filter((object) => object.metadata.name !== present.name);
  for (const object of old.slice(0, Math.max(0, old.length - limit))) {
    store.delete('controllerrevisions.apps', object.metadata);
  }
  return present;
}
