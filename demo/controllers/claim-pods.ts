import { isRecord, recordsAt, stringMapAt, valueAt } from '@/demo/server/json-access';
import { toLabelSelector } from '@/demo/server/match-webhook';
import type { KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import type { StoreEvent } from '@/demo/server/store-history';
import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import { controllerOf, keyOf, ownerReferenceTo } from './object-keys';
import { isActive, podsOf } from './pod-state';

const MANAGED = { manager: 'kube-controller-manager' };

/** Whether the owner's selector picks the pod. */
function picks(owner: KubeObject, pod: KubeObject): boolean {
  const selector = valueAt(owner, 'spec', 'selector');
  if (!isRecord(selector)) return false;
  const isPlain = !('matchLabels' in selector) && !('matchExpressions' in selector);
  const wanted = isPlain ? { matchLabels: stringMapAt({ selector }, 'selector') } : toLabelSelector(selector);
  const isEmpty = Object.keys(wanted.matchLabels ?? {}).length + recordsAt(selector, 'matchExpressions').length === 0;
  return !isEmpty && matchesLabelSelector(wanted, pod.metadata.labels);
}

/** Lets go of pods that the owner no longer picks, and takes those that nobody controls. Source: Kubernetes, controller_ref_manager.go. */
export function claimPods(store: Store, owner: KubeObject): void {
  for (const pod of podsOf(store, owner)) {
    if (picks(owner, pod) || !isActive(pod)) continue;
    const release = (draft: KubeObject) => {
      const others = (draft.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid);
      if (others.length === 0) delete draft.metadata.ownerReferences;
      else draft.metadata.ownerReferences = others;
    };
    store.modify('pods', pod.metadata, release, MANAGED);
  }
  for (const pod of store.list('pods', owner.metadata.namespace)) {
    if (controllerOf(pod) !== undefined || !isActive(pod) || !picks(owner, pod)) continue;
    const adopt = (draft: KubeObject) => {
      draft.metadata.ownerReferences = [...(draft.metadata.ownerReferences ?? []), ownerReferenceTo(owner)];
    };
    store.modify('pods', pod.metadata, adopt, MANAGED);
  }
}

/** Owners that a change of a pod without a controller concerns: who may take it, and who had it. */
export function claimantKeys(store: Store, resource: string, { row, object, previous, type }: StoreEvent): string[] {
  if (row.kind !== 'Pod' || type === 'DELETED' || controllerOf(object) !== undefined) return [];
  const before = previous === undefined ? undefined : controllerOf(previous);
  return store
    .list(resource, object.metadata.namespace)
    .filter((owner) => owner.metadata.uid === before?.uid || picks(owner, object))
    .map((owner) => keyOf(owner.metadata));
}
