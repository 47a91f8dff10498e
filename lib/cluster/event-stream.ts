import 'server-only';
import type { ChangeBatch } from './change-batch';
import type { ClusterSession } from './session';

const HEARTBEAT_MS = 15_000;
const MOST_QUEUED_BYTES = 256 * 1024;
const ENCODER = new TextEncoder();

declare global {
  // A server build holds several copies of this module; shutdown must reach the streams of all.
  var sidelightEventStreams: Set<() => void> | undefined;
}

function openStreams(): Set<() => void> {
  globalThis.sidelightEventStreams ??= new Set();
  return globalThis.sidelightEventStreams;
}

/**
 * Server-sent events for one browser: `state` (syncing, live or stale since), `change` (what changed, by name) and
 * `resync` (more changed than this reader took; read everything again).
 *
 * A reader that does not keep up costs at most 256 KB: what would exceed that is dropped and becomes one `resync`.
 */
export function openEventStream(
  session: ClusterSession,
  signal: AbortSignal,
  heartbeatMs: number = HEARTBEAT_MS,
): ReadableStream<Uint8Array> {
  const cleanups: (() => void)[] = [];
  const end = () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  };
  let subscriber: Subscriber | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const reader = new Subscriber(session, controller);
        subscriber = reader;
        const close = () => {
          end();
          tryClose(controller);
        };
        const heartbeat = setInterval(() => reader.beat(), heartbeatMs);
        cleanups.push(() => clearInterval(heartbeat));
        cleanups.push(
          session.store.subscribe((batch) => reader.take(batch)),
          session.hold(),
        );
        for (const source of [signal, session.signal]) {
          source.addEventListener('abort', close, { once: true });
          cleanups.push(() => source.removeEventListener('abort', close));
        }
        openStreams().add(close);
        cleanups.push(() => openStreams().delete(close));
        reader.begin();
        if (signal.aborted || session.signal.aborted) close();
      },
      // Called when the reader has taken something: if it had fallen behind, it is told so now.
      pull: () => subscriber?.catchUp(),
      cancel: end,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MOST_QUEUED_BYTES }),
  );
}

/** Ends every open event stream, so that the server can exit. */
export function closeAllStreams(): void {
  for (const close of [...openStreams()]) close();
}

function tryClose(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // Closed in the meantime, which is what was wanted.
  }
}

class Subscriber {
  readonly #session: ClusterSession;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  #isBehind = false;
  #lastState = '';

  constructor(session: ClusterSession, controller: ReadableStreamDefaultController<Uint8Array>) {
    this.#session = session;
    this.#controller = controller;
  }

  begin(): void {
    this.#send('retry: 2000\n\n');
    this.#sendState();
  }

  take(batch: ChangeBatch): void {
    if (batch.hasStateChange) this.#sendState();
    if (batch.objects.length === 0 && !batch.isTruncated) return;
    const { version, kinds, namespaces, objects, isTruncated } = batch;
    this.#sendEvent('change', { version, kinds, namespaces, objects, isTruncated });
  }

  beat(): void {
    this.#send(': alive\n\n');
  }

  #sendState(): void {
    const { store, contextName } = this.#session;
    const missing = store.missing().map(({ id, state }) => ({ kind: id, reason: state.reason }));
    const state = { cluster: contextName, ...store.connection(), missing };
    const text = JSON.stringify(state);
    if (text === this.#lastState) return;
    // Remembered only when it went out: a reader that fell behind gets it with its resync.
    if (this.#sendEvent('state', { version: store.version, ...state })) this.#lastState = text;
  }

  #sendEvent(name: string, data: object): boolean {
    return this.#send(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Ends the gap of a reader that fell behind, once it has taken half of what waits for it. */
  catchUp(): void {
    if (!this.#isBehind || (this.#controller.desiredSize ?? 0) < MOST_QUEUED_BYTES / 2) return;
    this.#isBehind = false;
    this.#lastState = '';
    this.#sendEvent('resync', { version: this.#session.store.version });
    this.#sendState();
  }

  #send(text: string): boolean {
    if (this.#isBehind) return false;
    const bytes = ENCODER.encode(text);
    if (bytes.length > (this.#controller.desiredSize ?? 0)) {
      this.#isBehind = true;
      return false;
    }
    this.#controller.enqueue(bytes);
    return true;
  }
}
