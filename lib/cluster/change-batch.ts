import 'server-only';
import type { RecordChange } from './kind-table';
import type { KindId } from './watched-kind';

export interface ObjectChange extends RecordChange {
  readonly kind: KindId;
}

/** What changed since the last batch: names, never objects. */
export interface ChangeBatch {
  /** The store's version after the last of these changes. */
  readonly version: number;
  readonly kinds: readonly KindId[];
  readonly namespaces: readonly string[];
  readonly objects: readonly ObjectChange[];
  /** More objects changed than are named; `kinds` and `namespaces` are whole. */
  readonly isTruncated: boolean;
  /** A kind became live, stale or missing. */
  readonly hasStateChange: boolean;
}

export type ChangeListener = (batch: ChangeBatch) => void;

const MOST_NAMED = 500;

/** Gathers changes for a moment and hands them to every listener as one batch. */
export class ChangeBatcher {
  readonly #listeners = new Set<ChangeListener>();
  readonly #batchMs: number;
  readonly #kinds = new Set<KindId>();
  readonly #namespaces = new Set<string>();
  readonly #objects = new Map<string, ObjectChange>();
  #isTruncated = false;
  #hasStateChange = false;
  #version = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(batchMs: number) {
    this.#batchMs = batchMs;
  }

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(version: number, kind: KindId, changes: readonly RecordChange[]): void {
    if (changes.length === 0 || this.#listeners.size === 0) return;
    this.#kinds.add(kind);
    for (const change of changes) {
      this.#namespaces.add(kind === 'namespaces' ? change.name : change.namespace);
      this.#note({ kind, ...change });
    }
    this.#schedule(version);
  }

  addStateChange(version: number): void {
    if (this.#listeners.size === 0) return;
    this.#hasStateChange = true;
    this.#schedule(version);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #note(change: ObjectChange): void {
    const key = `${change.kind}/${change.namespace}/${change.name}`;
    const earlier = this.#objects.get(key);
    if (earlier === undefined && this.#objects.size >= MOST_NAMED) {
      this.#isTruncated = true;
      return;
    }
    // Added and then modified is still new to whoever gets the batch.
    const isStillNew = earlier?.type === 'added' && change.type === 'modified';
    this.#objects.set(key, isStillNew ? earlier : change);
  }

  #schedule(version: number): void {
    this.#version = version;
    this.#timer ??= setTimeout(() => this.#flush(), this.#batchMs);
  }

  #flush(): void {
    this.#timer = undefined;
    const batch: ChangeBatch = {
      version: this.#version,
      kinds: [...this.#kinds],
      namespaces: [...this.#namespaces].filter((name) => name !== ''),
      objects: [...this.#objects.values()],
      isTruncated: this.#isTruncated,
      hasStateChange: this.#hasStateChange,
    };
    this.#kinds.clear();
    this.#namespaces.clear();
    this.#objects.clear();
    this.#isTruncated = false;
    this.#hasStateChange = false;
    for (const listener of [...this.#listeners]) listener(batch);
  }
}
