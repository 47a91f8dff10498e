import { type ApiError, notFound } from './api-error';
import { createGarbage, type Garbage } from './collect-garbage';
import { deepFreeze, jsonEqual } from './json-access';
import { type KindRow, resourceId } from './kind-row';
import { createShelf, keyOf, type Shelf } from './kind-shelf';
import { attachNamespaceLifecycle } from './namespace-lifecycle';
import type { KubeObject, NewObject, ObjectRef } from './object-types';
import { planCreate } from './plan-create';
import { type DeleteOptions, planDelete } from './plan-delete';
import { planUpdate } from './plan-update';
import { createHistory, type History, type StoreEvent } from './store-history';

export interface WriteOptions {
  /** Name in managedFields; without one the change is not tracked. */
  readonly manager?: string;
  /** Compute and check everything, keep nothing. */
  readonly dryRun?: boolean;
  /** `status` changes status only; without it status is kept as it was. A `binding` is no new generation. */
  readonly subresource?: 'binding' | 'scale' | 'status';
  /** The object's `managedFields` are those that the caller computed. */
  readonly isTracked?: boolean;
}

/**
 * The one store of the demo cluster, generic over kinds; a resource is named `pods` or `deployments.apps`.
 *
 * All calls are synchronous and throw `ApiError`. What they return is frozen and shared: clone it to change it.
 * Defaults, validation and webhooks are not here but in `createAdmission`; use its `createWithAdmission` for pods.
 */
export interface Store {
  readonly kinds: readonly KindRow[];
  kind(resource: string): KindRow;
  hasKind(resource: string): boolean;
  readonly resourceVersion: number;
  /** The present time as objects carry it: whole seconds. */
  now(): string;
  get(resource: string, ref: ObjectRef): KubeObject | undefined;
  list(resource: string, namespace?: string): KubeObject[];
  /** Keys in list order; with `read` for paging without copying. */
  keys(resource: string, namespace?: string): readonly string[];
  read(resource: string, key: string): KubeObject | undefined;
  /** Objects whose ownerReferences name this uid. */
  dependents(ownerUid: string): KubeObject[];
  create(resource: string, object: NewObject, options?: WriteOptions): KubeObject;
  /** Replaces an object. A metadata.resourceVersion that is not current is a conflict; without one it is unconditional. */
  update(resource: string, object: NewObject, options?: WriteOptions): KubeObject;
  updateStatus(resource: string, object: NewObject, options?: WriteOptions): KubeObject;
  /** Changes a copy of the current object and stores it; returns undefined when there is none. */
  modify(
    resource: string,
    ref: ObjectRef,
    change: (draft: KubeObject) => void,
    options?: WriteOptions,
  ): KubeObject | undefined;
  /** Deletes, or marks as being deleted. Returns the object as it is after that (or was last). */
  delete(resource: string, ref: ObjectRef, options?: DeleteOptions): KubeObject;
  /** Calls the listener with every committed change, in order, until the returned function is called. */
  watch(listener: (event: StoreEvent) => void): () => void;
  /** Changes after a version, or undefined when they were compacted. */
  eventsSince(resourceVersion: number): readonly StoreEvent[] | undefined;
  /** Forgets all history: older resourceVersions are answered with 410. */
  compact(): void;
}

export interface StoreSettings {
  readonly now?: () => number;
  /** How many changes are remembered at least. */
  readonly historyLimit?: number;
}

/** What the planning functions may ask. */
export interface StoreContext {
  readonly now: string;
  readonly store: Store;
}

class MemoryStore implements Store {
  readonly kinds: readonly KindRow[];
  private readonly rows = new Map<string, KindRow>();
  private readonly shelves = new Map<string, Shelf>();
  private readonly listeners = new Set<(event: StoreEvent) => void>();
  private readonly history: History;
  private readonly garbage: Garbage;
  private readonly clock: () => number;
  private readonly queue: StoreEvent[] = [];
  private isNotifying = false;
  private version = 1;

  constructor(kinds: readonly KindRow[], settings: StoreSettings) {
    this.kinds = kinds;
    this.clock = settings.now ?? Date.now;
    this.history = createHistory(settings.historyLimit ?? 5_000);
    for (const row of kinds) {
      this.rows.set(resourceId(row), row);
      this.shelves.set(resourceId(row), createShelf());
    }
    this.garbage = createGarbage(this);
    attachNamespaceLifecycle(this);
  }

  kind(resource: string): KindRow {
    const row = this.rows.get(resource);
    if (row === undefined) throw new Error(`This cluster has no kind ${resource}.`);
    return row;
  }

  hasKind(resource: string): boolean {
    return this.rows.has(resource);
  }

  get resourceVersion(): number {
    return this.version;
  }

  now(): string {
    return `${new Date(this.clock()).toISOString().slice(0, 19)}Z`;
  }

  get(resource: string, ref: ObjectRef): KubeObject | undefined {
    return this.shelf(resource).get(this.keyOf(resource, ref));
  }

  read(resource: string, key: string): KubeObject | undefined {
    return this.shelf(resource).get(key);
  }

  keys(resource: string, namespace?: string): readonly string[] {
    return this.shelf(resource).keys(namespace);
  }

  list(resource: string, namespace?: string): KubeObject[] {
    const shelf = this.shelf(resource);
    const objects: KubeObject[] = [];
    for (const key of shelf.keys(namespace)) {
      const object = shelf.get(key);
      if (object !== undefined) objects.push(object);
    }
    return objects;
  }

  dependents(ownerUid: string): KubeObject[] {
    return this.garbage.dependents(ownerUid);
  }

  create(resource: string, object: NewObject, options: WriteOptions = {}): KubeObject {
    const row = this.kind(resource);
    const created = planCreate(row, object, options, this.context());
    return options.dryRun === true ? created : this.commit('ADDED', row, created, undefined);
  }

  update(resource: string, object: NewObject, options: WriteOptions = {}): KubeObject {
    const row = this.kind(resource);
    const current = this.require(row, { name: object.metadata.name ?? '', namespace: object.metadata.namespace });
    const next = planUpdate(row, current, object, options, this.context());
    if (next === current || options.dryRun === true) return next;
    if (isReleased(row, next)) return this.remove(row, next, current);
    return this.commit('MODIFIED', row, next, current);
  }

  updateStatus(resource: string, object: NewObject, options: WriteOptions = {}): KubeObject {
    return this.update(resource, object, { ...options, subresource: 'status' });
  }

  modify(
    resource: string,
    ref: ObjectRef,
    change: (draft: KubeObject) => void,
    options: WriteOptions = {},
  ): KubeObject | undefined {
    const current = this.get(resource, ref);
    if (current === undefined) return undefined;
    const draft = structuredClone(current);
    change(draft);
    return this.update(resource, draft, options);
  }

  delete(resource: string, ref: ObjectRef, options: DeleteOptions = {}): KubeObject {
    const row = this.kind(resource);
    const current = this.require(row, ref);
    const plan = planDelete(row, current, options, this.context());
    if (options.dryRun === true) return plan.object;
    if (plan.kind === 'remove') {
      const { resourceVersion } = this.remove(row, current, current).metadata;
      return deepFreeze({ ...plan.object, metadata: { ...plan.object.metadata, resourceVersion } });
    }
    if (jsonEqual(plan.object, current)) return current;
    return this.commit('MODIFIED', row, plan.object, current);
  }

  watch(listener: (event: StoreEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  eventsSince(resourceVersion: number): readonly StoreEvent[] | undefined {
    return this.history.since(resourceVersion);
  }

  compact(): void {
    this.history.compact(this.version);
  }

  private shelf(resource: string): Shelf {
    const shelf = this.shelves.get(resource);
    if (shelf === undefined) throw new Error(`This cluster has no kind ${resource}.`);
    return shelf;
  }

  private keyOf(resource: string, ref: ObjectRef): string {
    return this.kind(resource).namespaced ? keyOf(ref) : ref.name;
  }

  private require(row: KindRow, ref: ObjectRef): KubeObject {
    const found = this.get(resourceId(row), ref);
    if (found === undefined) throw missing(row, ref.name);
    return found;
  }

  private context(): StoreContext {
    return { now: this.now(), store: this };
  }

  private remove(row: KindRow, last: KubeObject, previous: KubeObject): KubeObject {
    return this.commit('DELETED', row, last, previous);
  }

  private commit(
    type: StoreEvent['type'],
    row: KindRow,
    planned: KubeObject,
    previous: KubeObject | undefined,
  ): KubeObject {
    this.version += 1;
    const metadata = { ...planned.metadata, resourceVersion: String(this.version) };
    const object = deepFreeze({ ...planned, metadata });
    const key = this.keyOf(resourceId(row), object.metadata);
    const shelf = this.shelf(resourceId(row));
    if (type === 'DELETED') shelf.remove(key);
    else shelf.set(key, object);
    const event: StoreEvent = { type, row, key, object, previous, resourceVersion: this.version };
    this.history.append(event);
    this.garbage.track(event);
    this.notify(event);
    return object;
  }

  // A listener may write; its event waits until all listeners have seen the present one, so that all see one order.
  private notify(event: StoreEvent): void {
    this.queue.push(event);
    if (this.isNotifying) return;
    this.isNotifying = true;
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
        for (const listener of [...this.listeners]) callListener(listener, next);
      }
    } finally {
      this.isNotifying = false;
    }
  }
}

// A listener that throws is a bug: it ends the process, but the others still get the event and the writer its answer.
function callListener(listener: (event: StoreEvent) => void, event: StoreEvent): void {
  try {
    listener(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function missing(row: KindRow, name: string): ApiError {
  return notFound({ group: row.group, plural: row.plural, name });
}

/** Whether an object marked as deleted has nothing left that holds it. */
function isReleased(row: KindRow, object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp === undefined || (object.metadata.finalizers ?? []).length > 0) return false;
  if (row.deletion === 'graceful') return (object.metadata.deletionGracePeriodSeconds ?? 0) === 0;
  return row.deletion === undefined;
}

export function createStore(kinds: readonly KindRow[], settings: StoreSettings = {}): Store {
  return new MemoryStore(kinds, settings);
}
