import { ApiError } from './api-error';
import { type KindRow, resourceId } from './kind-row';
import type { KubeObject, ObjectRef, OwnerReference } from './object-types';
import { FOREGROUND, ORPHAN } from './plan-delete';
import type { Store } from './store';
import type { StoreEvent } from './store-history';

/** Deletes what has lost its owners, as the garbage collector of a real cluster does, at once rather than after a scan. */
export interface Garbage {
  /** Objects whose ownerReferences name this uid. */
  dependents(ownerUid: string): KubeObject[];
  /** Keeps the index of owners; called with every commit before any listener. */
  track(event: StoreEvent): void;
}

interface Dependent {
  readonly resource: string;
  readonly key: string;
}

export function createGarbage(store: Store): Garbage {
  const byOwner = new Map<string, Map<string, Dependent>>();

  const dependentsOf = (ownerUid: string) => {
    const found: { resource: string; object: KubeObject }[] = [];
    for (const { resource, key } of byOwner.get(ownerUid)?.values() ?? []) {
      const object = store.read(resource, key);
      if (object !== undefined) found.push({ resource, object });
    }
    return found;
  };

  const track = ({ row, key, object, previous, type }: StoreEvent) => {
    const resource = resourceId(row);
    const id = `${resource} ${key}`;
    for (const { uid } of previous?.metadata.ownerReferences ?? []) {
      const owned = byOwner.get(uid);
      owned?.delete(id);
      if (owned?.size === 0) byOwner.delete(uid);
    }
    if (type === 'DELETED') return;
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const owned = byOwner.get(uid) ?? new Map<string, Dependent>();
      byOwner.set(uid, owned.set(id, { resource, key }));
    }
  };

  const onEvent = (event: StoreEvent) => {
    const { object, row, type } = event;
    const resource = resourceId(row);
    if (type === 'DELETED') {
      for (const dependent of dependentsOf(object.metadata.uid)) releaseFromGoneOwner(store, dependent, object);
      for (const owner of object.metadata.ownerReferences ?? []) finishForeground(store, owner, object, dependentsOf);
      return;
    }
    if (type === 'ADDED') releaseFromMissingOwners(store, { resource, object });
    if (object.metadata.deletionTimestamp === undefined) return;
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.includes(ORPHAN)) orphan(store, resource, object, dependentsOf(object.metadata.uid));
    else if (finalizers.includes(FOREGROUND))
      deleteForeground(store, resource, object, dependentsOf(object.metadata.uid));
  };

  store.watch(onEvent);
  return { dependents: (uid) => dependentsOf(uid).map(({ object }) => object), track };
}

interface Found {
  readonly resource: string;
  readonly object: KubeObject;
}

function withoutOwner(object: KubeObject, uid: string): KubeObject {
  const ownerReferences = (object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
  const { ownerReferences: _old, ...kept } = object.metadata;
  const metadata = { ...kept, resourceVersion: '' };
  return { ...object, metadata: ownerReferences.length === 0 ? metadata : { ...metadata, ownerReferences } };
}

function dropFinalizer(store: Store, resource: string, ref: ObjectRef, finalizer: string): void {
  store.modify(resource, ref, (draft) => {
    draft.metadata.finalizers = (draft.metadata.finalizers ?? []).filter((name) => name !== finalizer);
    if (draft.metadata.finalizers.length === 0) delete draft.metadata.finalizers;
  });
}

// Another listener may have removed the object meanwhile: then there is nothing left to do.
function tolerateGone(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
  }
}

function releaseFromGoneOwner(store: Store, { resource, object }: Found, owner: KubeObject): void {
  tolerateGone(() => {
    const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== owner.metadata.uid);
    if (others.length > 0) store.update(resource, withoutOwner(object, owner.metadata.uid));
    else if (object.metadata.deletionTimestamp === undefined) {
      store.delete(resource, object.metadata, { propagationPolicy: 'Background' });
    }
  });
}

/** Owners that were never there, or have gone before their dependent came, count as gone. */
function releaseFromMissingOwners(store: Store, found: Found): void {
  const { ownerReferences = [], namespace } = found.object.metadata;
  const missing = ownerReferences.filter((reference) => {
    const row = ownerRow(store, reference);
    if (row === undefined) return false;
    const owner = store.get(resourceId(row), {
      name: reference.name,
      namespace: row.namespaced ? namespace : undefined,
    });
    return owner?.metadata.uid !== reference.uid;
  });
  if (missing.length === 0) return;
  tolerateGone(() => {
    if (missing.length === ownerReferences.length) {
      store.delete(found.resource, found.object.metadata, { propagationPolicy: 'Background' });
      return;
    }
    const kept = ownerReferences.filter((reference) => !missing.includes(reference));
    store.modify(found.resource, found.object.metadata, (draft) => {
      draft.metadata.ownerReferences = kept;
    });
  });
}

function ownerRow(store: Store, { apiVersion, kind }: OwnerReference): KindRow | undefined {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return store.kinds.find((row) => row.kind === kind && row.group === group);
}

function orphan(store: Store, resource: string, owner: KubeObject, dependents: readonly Found[]): void {
  for (const dependent of dependents) {
    tolerateGone(() => void store.update(dependent.resource, withoutOwner(dependent.object, owner.metadata.uid)));
  }
  dropFinalizer(store, resource, owner.metadata, ORPHAN);
}

function blocks(object: KubeObject, ownerUid: string): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    (owner) => owner.uid === ownerUid && owner.blockOwnerDeletion === true,
  );
}

function deleteForeground(store: Store, resource: string, owner: KubeObject, dependents: readonly Found[]): void {
  for (const dependent of dependents) {
    if (dependent.object.metadata.deletionTimestamp !== undefined) continue;
    tolerateGone(
      () => void store.delete(dependent.resource, dependent.object.metadata, { propagationPolicy: 'Foreground' }),
    );
  }
  const isHeld = store.dependents(owner.metadata.uid).some((object) => blocks(object, owner.metadata.uid));
  if (!isHeld) dropFinalizer(store, resource, owner.metadata, FOREGROUND);
}

function finishForeground(
  store: Store,
  reference: OwnerReference,
  gone: KubeObject,
  dependentsOf: (uid: string) => Found[],
): void {
  const row = ownerRow(store, reference);
  if (row === undefined) return;
  const namespace = row.namespaced ? gone.metadata.namespace : undefined;
  const owner = store.get(resourceId(row), { name: reference.name, namespace });
  if (owner?.metadata.uid !== reference.uid || !(owner.metadata.finalizers ?? []).includes(FOREGROUND)) return;
  if (dependentsOf(reference.uid).some(({ object }) => blocks(object, reference.uid))) return;
  dropFinalizer(store, resourceId(row), owner.metadata, FOREGROUND);
}
