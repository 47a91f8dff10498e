import 'server-only';
import { jittered } from './backoff';
import { type ClusterError, toClusterError } from './cluster-error';
import { listPath } from './discovery';
import type { WatchContext } from './kind-watcher';
import { lackingRight } from './readable-namespaces';
import { Reflector, type ReflectorSink } from './reflector';
import type { KindId, RecordOf } from './watched-kind';
import { WATCHED_KINDS } from './watched-kinds.data';

/** One kind, read in those namespaces where the user may, until it can be read in the whole cluster. */
export class NamespacedWatch<Id extends KindId> {
  readonly #id: Id;
  readonly #context: WatchContext;
  readonly #refusal: ClusterError;
  readonly #running = new Map<string, AbortController>();
  readonly #staleSince = new Map<string, string>();

  constructor(id: Id, context: WatchContext, refusal: ClusterError) {
    this.#id = id;
    this.#context = context;
    this.#refusal = refusal;
  }

  /** Returns when the whole cluster can be read, or on abort. */
  async run(signal: AbortSignal): Promise<void> {
    const kind = WATCHED_KINDS[this.#id];
    const { discovery, readable, waitingRoom, timings } = this.#context;
    try {
      const version =
        (await discovery.servedVersion(kind.group, kind.versions, kind.plural)) ?? kind.versions[0] ?? 'v1';
      while (!signal.aborted) {
        await this.#follow(await readable.of(kind, signal), version, signal);
        this.#publish();
        await waitingRoom.wait(jittered(timings.slowRetryMs), signal);
        if (signal.aborted || (await this.#canReadAll(listPath(kind.group, version, kind.plural), signal))) return;
      }
    } finally {
      for (const controller of this.#running.values()) controller.abort();
    }
  }

  /** Resolves when each namespace was listed once, or failed to be. */
  async #follow(namespaces: readonly string[], version: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#context;
    const wanted = new Set(namespaces);
    for (const [namespace, controller] of this.#running) if (!wanted.has(namespace)) controller.abort();
    for (const namespace of new Set(store.list(this.#id).map((record) => record.namespace))) {
      if (!wanted.has(namespace)) store.replace(this.#id, [], namespace);
    }
    const added = namespaces.filter((namespace) => !this.#running.has(namespace));
    await Promise.all(
      added.map((namespace) => new Promise<void>((settle) => void this.#watch(namespace, version, signal, settle))),
    );
  }

  async #watch(namespace: string, version: string, signal: AbortSignal, settle: () => void): Promise<void> {
    const kind = WATCHED_KINDS[this.#id];
    const controller = new AbortController();
    const onAbort = () => controller.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#running.set(namespace, controller);
    const path = listPath(kind.group, version, kind.plural, namespace);
    try {
      await new Reflector<RecordOf[Id]>(kind, { path }, this.#context, this.#sinkOf(namespace, settle)).run(
        controller.signal,
      );
    } catch {
      if (controller.signal.aborted) return;
      // The right was taken away; the next round finds out where it still holds.
      this.#context.store.replace(this.#id, [], namespace);
      this.#staleSince.delete(namespace);
      this.#context.readable.forget(namespace);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#running.delete(namespace);
      settle();
      if (!signal.aborted) this.#publish();
    }
  }

  #sinkOf(namespace: string, settle: () => void): ReflectorSink<RecordOf[Id]> {
    const { store } = this.#context;
    return {
      replace: (items) => store.replace(this.#id, items, namespace),
      upsert: (item) => store.upsert(this.#id, item),
      remove: (_namespace, name) => store.remove(this.#id, namespace, name),
      live: () => {
        settle();
        if (this.#staleSince.delete(namespace)) this.#publish();
      },
      failed: (_error, since = new Date().toISOString()) => {
        settle();
        if (!this.#staleSince.has(namespace)) this.#staleSince.set(namespace, since);
        this.#publish();
      },
    };
  }

  #publish(): void {
    const staleSince = [...this.#staleSince.values()].sort()[0];
    this.#context.store.setState(this.#id, {
      status: 'missing',
      reason: this.#refusal.code,
      right: lackingRight(WATCHED_KINDS[this.#id]),
      message: this.#refusal.message,
      namespaces: [...this.#running.keys()].sort(),
      ...(staleSince === undefined ? {} : { staleSince }),
    });
  }

  async #canReadAll(path: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#context.transport.requestJson({ path, query: { limit: 1 }, signal });
      return true;
    } catch (error) {
      // Gone altogether: the kind's watcher finds out and says so.
      return toClusterError(error).code === 'not-found';
    }
  }
}
