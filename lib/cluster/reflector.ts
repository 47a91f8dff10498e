import 'server-only';
import type { ObjectRecord } from '@/lib/core/kube/records';
import { Backoff, jittered, type Timings, type WaitingRoom } from './backoff';
import { ClusterError, isOfConnection, toClusterError } from './cluster-error';
import { Deadline } from './deadline';
import type { Gate } from './gate';
import { isJson, type Json, objectAt, parseJson, textAt } from './json-fields';
import { listPages } from './list-pages';
import type { Interner } from './projections/interner';
import type { Attempt, Pulse } from './pulse';
import { splitLines } from './split-lines';
import { isVersionTooLarge, toWatchError } from './status-error';
import type { Transport } from './transport';
import type { WatchedKind } from './watched-kind';

/** Where a reflector brings what it reads. */
export interface ReflectorSink<Item> {
  /** The whole of what is watched, to be applied as a difference. */
  replace(items: readonly Item[]): void;
  upsert(item: Item): void;
  remove(namespace: string, name: string): void;
  /** The watch is open: what was brought is current. */
  live(): void;
  /** An attempt failed and another will follow. `since`: what was brought may be out of date from then on; now when absent. */
  failed(error: ClusterError, since?: string): void;
}

/** What all reflectors of a session share. */
export interface ReflectorContext {
  readonly transport: Transport;
  readonly interner: Interner;
  readonly timings: Timings;
  readonly waitingRoom: WaitingRoom;
  readonly pulse: Pulse;
  /** Bounds how many lists run at once. */
  readonly lists: Gate;
}

export interface ReflectorPlace {
  readonly path: string;
  readonly fieldSelector?: string;
}

const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const METADATA_OBJECT = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const OVERDUE_MS = 30_000;
const PAGE_TIMEOUT_MS = 60_000;
const OPEN_TIMEOUT_MS = 30_000;
const RELIST_AFTER_FAILURES = 3;
const ENDS_REFLECTOR: ReadonlySet<string> = new Set(['forbidden', 'not-found', 'unsupported']);

/**
 * Keeps a sink equal to one list of an API server, as client-go's reflector does: list, then watch from the list's
 * version; whatever ends the watch, it goes on from the last version seen, and lists again only when the API server no
 * longer has that version or three watches in a row ended without progress.
 */
export class Reflector<Item extends ObjectRecord> {
  readonly #kind: WatchedKind<Item>;
  readonly #place: ReflectorPlace;
  readonly #context: ReflectorContext;
  readonly #sink: ReflectorSink<Item>;
  readonly #backoff: Backoff;
  #version: string | undefined;
  #endsWithoutProgress = 0;
  #wasFailing = false;
  #mayHaveRestarted = false;
  #refusedAt: number | undefined;
  #wasAnswered = true;

  constructor(kind: WatchedKind<Item>, place: ReflectorPlace, context: ReflectorContext, sink: ReflectorSink<Item>) {
    this.#kind = kind;
    this.#place = place;
    this.#context = context;
    this.#sink = sink;
    this.#backoff = new Backoff(context.timings);
  }

  /** Runs until aborted. Throws only what trying again soon cannot mend: forbidden, absent, unsupported. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const attempt = this.#context.pulse.attempt(signal);
      try {
        if (this.#version !== undefined && this.#mayHaveRestarted) await this.#checkVersion(attempt.signal);
        if (this.#version === undefined) await this.#list(attempt.signal);
        await this.#watch(this.#version ?? '', attempt, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (attempt.isOvertaken) continue;
        const { loss } = attempt;
        await this.#recover(loss?.error ?? toClusterError(error), signal, loss?.since);
      } finally {
        attempt.end();
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { transport, interner, lists } = this.#context;
    const { kind, pageSize, isMetadataOnly, project } = { ...this.#kind };
    const result = await lists.through(signal, () =>
      listPages(transport, {
        path: this.#place.path,
        pageSize,
        signal,
        timeoutMs: PAGE_TIMEOUT_MS,
        query: { fieldSelector: this.#place.fieldSelector ?? this.#kind.fieldSelector },
        project: (object) => project(object, interner),
        ...(isMetadataOnly ? { accept: METADATA_LIST } : {}),
      }),
    );
    if (result.resourceVersion === '') {
      throw new ClusterError('internal', `The list of ${kind} came without a resourceVersion; it cannot be watched.`);
    }
    this.#sink.replace(result.items);
    this.#version = result.resourceVersion;
  }

  // An API server restored from a backup serves a watch from a version it has yet to reach, in silence.
  async #checkVersion(signal: AbortSignal): Promise<void> {
    const { path } = this.#place;
    const fieldSelector = this.#place.fieldSelector ?? this.#kind.fieldSelector;
    const accept = this.#kind.isMetadataOnly ? { accept: METADATA_LIST } : {};
    const page = await this.#context.transport.requestJson({
      path,
      query: { limit: 1, fieldSelector },
      signal,
      ...accept,
    });
    const current = isJson(page) ? textAt(objectAt(page, 'metadata'), 'resourceVersion') : '';
    this.#mayHaveRestarted = false;
    if (isOlder(current, this.#version ?? '')) this.#version = undefined;
  }

  async #watch(from: string, attempt: Attempt, signal: AbortSignal): Promise<void> {
    const { transport, timings } = this.#context;
    const watchMs = jittered(timings.watchMs);
    const overdue = new Deadline(watchMs + OVERDUE_MS, [attempt.signal]);
    try {
      const chunks = await transport.stream({
        path: this.#place.path,
        query: {
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: from,
          timeoutSeconds: Math.max(1, Math.ceil(watchMs / 1000)),
          fieldSelector: this.#place.fieldSelector ?? this.#kind.fieldSelector,
        },
        signal: overdue.signal,
        timeoutMs: OPEN_TIMEOUT_MS,
        ...(this.#kind.isMetadataOnly ? { accept: METADATA_OBJECT } : {}),
      });
      attempt.opened();
      this.#opened();
      await this.#follow(this.#listen(chunks, overdue), from, attempt, signal);
    } finally {
      overdue.done();
    }
  }

  // One silent connection among others that speak is not missed by the pulse: it ends by itself.
  async *#listen(chunks: AsyncIterable<Uint8Array>, overdue: Deadline): AsyncGenerator<Uint8Array> {
    const quiet = setTimeout(() => overdue.expire(), this.#context.timings.quietWatchMs);
    try {
      for await (const chunk of chunks) {
        quiet.refresh();
        this.#context.pulse.heard();
        yield chunk;
      }
    } finally {
      clearTimeout(quiet);
    }
  }

  #opened(): void {
    this.#refusedAt = undefined;
    this.#wasAnswered = true;
    this.#context.pulse.heard();
    this.#sink.live();
    if (this.#wasFailing) this.#context.waitingRoom.wake();
    this.#wasFailing = false;
  }

  // A watch that was open and ends is normal life: it is opened again, and only a failure to do so is reported.
  async #follow(chunks: AsyncIterable<Uint8Array>, from: string, attempt: Attempt, signal: AbortSignal): Promise<void> {
    const openedAt = Date.now();
    let problem: ClusterError | undefined;
    try {
      for await (const lines of splitLines(chunks)) for (const line of lines) this.#apply(line);
    } catch (error) {
      problem = toClusterError(error);
      this.#mayHaveRestarted = problem.code === 'unreachable';
    }
    if (signal.aborted) return;
    if (attempt.loss !== undefined) throw attempt.loss.error;
    const isHealthy = this.#version !== from || Date.now() - openedAt >= this.#context.timings.healthyWatchMs;
    if (isHealthy) {
      this.#backoff.reset();
      this.#endsWithoutProgress = 0;
    } else if (problem !== undefined) {
      this.#endsWithoutProgress += 1;
    }
    if (problem !== undefined && (problem.code === 'gone' || this.#endsWithoutProgress >= RELIST_AFTER_FAILURES)) {
      this.#version = undefined;
      this.#endsWithoutProgress = 0;
    }
    await this.#context.waitingRoom.wait(this.#backoff.next(problem?.retryAfterMs), signal);
  }

  #apply(line: string): void {
    if (line === '') return;
    const event = parseJson(line);
    if (!isJson(event))
      throw new ClusterError('internal', `A watch of ${this.#place.path} sent a line that is not JSON.`);
    const object = objectAt(event, 'object');
    const type = textAt(event, 'type');
    if (type === 'ERROR') throw toWatchError(object, this.#place.path);
    this.#applyObject(type, object);
    this.#version = textAt(objectAt(object, 'metadata'), 'resourceVersion') || this.#version;
  }

  #applyObject(type: string, object: Json): void {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        this.#sink.upsert(this.#kind.project(object, this.#context.interner));
        return;
      case 'DELETED': {
        const metadata = objectAt(object, 'metadata');
        this.#sink.remove(textAt(metadata, 'namespace'), textAt(metadata, 'name'));
        return;
      }
      case 'BOOKMARK':
        return;
      default:
        throw new ClusterError('internal', `A watch of ${this.#place.path} sent an event of unknown type "${type}".`);
    }
  }

  // A starting API server has no roles and no custom kinds for a moment, so it forbids and misses what it will serve.
  #isDoubtful(): boolean {
    if (this.#version === undefined && !this.#wasFailing) return false;
    this.#refusedAt ??= Date.now();
    return Date.now() - this.#refusedAt < this.#context.timings.doubtMs;
  }

  async #recover(error: ClusterError, signal: AbortSignal, since?: string): Promise<void> {
    if (ENDS_REFLECTOR.has(error.code) && !this.#isDoubtful()) throw error;
    if (error.code === 'gone' || isVersionTooLarge(error)) this.#version = undefined;
    else {
      this.#wasFailing = true;
      this.#mayHaveRestarted = true;
      this.#sink.failed(error, since);
    }
    // One that answers again, if only with an error, will soon do better; the waits of its absence say nothing about that.
    const isAnswered = error.status !== undefined;
    if (isAnswered && !this.#wasAnswered) this.#backoff.reset();
    this.#wasAnswered = isAnswered;
    const waitMs = this.#backoff.next(error.retryAfterMs);
    const isWoken = await this.#context.waitingRoom.wait(waitMs, signal, isOfConnection(error));
    if (isWoken) this.#backoff.reset();
  }
}

// Versions are decimal numbers that may outgrow a double; anything else cannot be compared.
function isOlder(version: string, than: string): boolean {
  const isNumeric = [version, than].every((text) => /^[1-9]\d*$/.test(text));
  return isNumeric && (version.length < than.length || (version.length === than.length && version < than));
}
