import 'server-only';
import { randomUUID } from 'node:crypto';
import { TIMINGS } from './backoff';
import { ChangeBatcher, type ChangeListener } from './change-batch';
import { newestOf, surplusOf } from './keep-newest';
import { type ConnectionState, type KindState, type MissingKind, toConnectionState } from './kind-state';
import type { KindTable, RecordChange } from './kind-table';
import { type KindTables, newKindTables } from './kind-tables';
import { Interner } from './projections/interner';
import type { KindId, RecordOf } from './watched-kind';
import { KIND_IDS, WATCHED_KINDS } from './watched-kinds.data';

/**
 * The cluster as last heard: trimmed records of every watched kind, changed in place as watches report.
 *
 * Reads are synchronous, so all that one answer reads without awaiting in between belongs to one moment.
 */
export class ClusterStore {
  /** Tells one run of the server from the next, where versions start again. */
  readonly epoch: string = randomUUID().slice(0, 8);
  readonly interner = new Interner();
  readonly #tables: KindTables = newKindTables();
  readonly #states = new Map<KindId, KindState>();
  readonly #batcher: ChangeBatcher;
  readonly #settled = new Set<() => void>();
  #version = 0;
  #takenAt: string;

  constructor(batchMs: number = TIMINGS.batchMs) {
    this.#batcher = new ChangeBatcher(batchMs);
    this.#takenAt = new Date().toISOString();
    for (const id of KIND_IDS) this.#states.set(id, { status: 'syncing', since: this.#takenAt });
  }

  /** Grows with every change of a record or a state. */
  get version(): number {
    return this.#version;
  }

  /** When the last change came in, ISO 8601. */
  get takenAt(): string {
    return this.#takenAt;
  }

  /** Grows with every change of this kind. */
  kindVersion(id: KindId): number {
    return this.#tables[id].version;
  }

  /** An entity tag for an answer made from these kinds. */
  etag(ids: readonly KindId[]): string {
    const states = this.connection();
    return `"${this.epoch}-${ids.map((id) => this.kindVersion(id)).join('.')}-${states.status}${states.staleSince ?? ''}"`;
  }

  list<Id extends KindId>(id: Id, namespace?: string): readonly RecordOf[Id][] {
    return this.#table(id).list(namespace);
  }

  get<Id extends KindId>(id: Id, namespace: string, name: string): RecordOf[Id] | undefined {
    return this.#table(id).get(namespace, name);
  }

  count(id: KindId, namespace?: string): number {
    return namespace === undefined ? this.#tables[id].size : this.#tables[id].countIn(namespace);
  }

  /** The records of a kind whose controlling owner has this uid. */
  ownedBy<Id extends KindId>(id: Id, uid: string): readonly RecordOf[Id][] {
    return this.#table(id).ownedBy(uid);
  }

  podsOnNode(node: string): readonly RecordOf['pods'][] {
    return this.#tables.pods.onNode(node);
  }

  /** The label keys that records of a kind carry. */
  labelKeys(id: KindId): readonly string[] {
    return this.#tables[id].labelKeys();
  }

  state(id: KindId): KindState {
    return this.#states.get(id) ?? { status: 'syncing', since: this.#takenAt };
  }

  states(): ReadonlyMap<KindId, KindState> {
    return this.#states;
  }

  /** What cannot be read, and why: forbidden, absent, or never synced because of a failure. */
  missing(): readonly MissingKind[] {
    return [...this.#states]
      .filter(([, state]) => state.status === 'missing' || (state.status === 'syncing' && state.reason !== undefined))
      .map(([id, state]) => ({ id, state }));
  }

  connection(): ConnectionState {
    return toConnectionState([...this.#states.values()]);
  }

  subscribe(listener: ChangeListener): () => void {
    return this.#batcher.subscribe(listener);
  }

  /** Resolves once these kinds are no longer syncing, or have said why they still are; or when the signal aborts. */
  whenSettled(ids: readonly KindId[] = KIND_IDS, signal?: AbortSignal): Promise<void> {
    const isSettled = () =>
      ids.every((id) => this.state(id).status !== 'syncing' || this.state(id).reason !== undefined);
    if (isSettled() || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        this.#settled.delete(check);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const check = () => isSettled() && finish();
      this.#settled.add(check);
      signal?.addEventListener('abort', finish, { once: true });
    });
  }

  /** Makes the records of a kind, of one namespace or all, equal to a list. */
  replace<Id extends KindId>(id: Id, items: readonly RecordOf[Id][], namespace?: string): void {
    const keep = WATCHED_KINDS[id].keepNewest;
    this.#applied(id, this.#table(id).replace(keep === undefined ? items : newestOf(items, keep), namespace));
  }

  upsert<Id extends KindId>(id: Id, item: RecordOf[Id]): void {
    const table = this.#table(id);
    const changes: (RecordChange | undefined)[] = [table.upsert(item)];
    const keep = WATCHED_KINDS[id].keepNewest;
    if (keep !== undefined) {
      for (const surplus of surplusOf(table.list(), item, keep))
        changes.push(table.remove(surplus.namespace, surplus.name));
    }
    this.#applied(
      id,
      changes.filter((change) => change !== undefined),
    );
  }

  remove(id: KindId, namespace: string, name: string): void {
    const change = this.#tables[id].remove(namespace, name);
    if (change !== undefined) this.#applied(id, [change]);
  }

  /** Tells every listener that something about these objects is known now that was not before, though none of them changed. */
  announce(id: KindId, objects: readonly Pick<RecordChange, 'namespace' | 'name'>[]): void {
    this.#applied(
      id,
      objects.map(({ namespace, name }) => ({ type: 'modified', namespace, name })),
    );
  }

  /** Records how a kind fares; `since` stays while the status does. */
  setState(id: KindId, next: Omit<KindState, 'since'>): void {
    const before = this.state(id);
    const now = new Date().toISOString();
    const state: KindState = { ...next, since: before.status === next.status ? before.since : now };
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.#states.set(id, state);
    this.#version += 1;
    this.#batcher.addStateChange(this.#version);
    for (const check of [...this.#settled]) check();
  }

  close(): void {
    this.#batcher.close();
  }

  #table<Id extends KindId>(id: Id): KindTable<RecordOf[Id]> {
    return this.#tables[id];
  }

  #applied(id: KindId, changes: readonly RecordChange[]): void {
    if (changes.length === 0) return;
    this.#version += 1;
    this.#takenAt = new Date().toISOString();
    this.#batcher.add(this.#version, id, changes);
  }
}
