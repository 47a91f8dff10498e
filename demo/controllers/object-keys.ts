import type { KubeObject, NewObject, ObjectRef, OwnerReference } from '@/demo/server/object-types';
import type { StoreEvent } from '@/demo/server/store-history';

/** `namespace/name`, or `name` for objects of the cluster. */
export function keyOf(ref: ObjectRef): string {
  return ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
}

export function refOf(key: string): ObjectRef & { readonly namespace: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

/** The owner that manages an object; at most one has `controller` set. */
export function controllerOf(object: NewObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

export function isControlledBy(object: NewObject, uid: string): boolean {
  return controllerOf(object)?.uid === uid;
}

/** The reference that a controller writes into what it makes. */
export function ownerReferenceTo(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The key of the owner of this kind, for a change of what it owns. */
function ownerKeys(event: StoreEvent, kind: string): readonly string[] {
  const owner = controllerOf(event.object);
  if (owner?.kind !== kind) return [];
  return [keyOf({ name: owner.name, namespace: event.object.metadata.namespace })];
}

/** Keys for a controller that looks at objects of one kind and at what they own. */
export function ownOrOwnerKeys(event: StoreEvent, kind: string, owned: readonly string[]): readonly string[] {
  if (event.row.kind === kind) return [event.key];
  return owned.includes(event.row.kind) ? ownerKeys(event, kind) : [];
}

/** RFC 3339 in whole seconds, as Kubernetes writes times. */
export function toTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in microseconds. */
export function toMicroTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}
