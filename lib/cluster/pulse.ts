import 'server-only';
import { setMaxListeners } from 'node:events';
import type { Timings, WaitingRoom } from './backoff';
import { type ClusterError, toClusterError } from './cluster-error';
import type { Transport } from './transport';

/** Every API server answers it, to every user, without looking at anything else. */
const PULSE_PATH = '/version';
const LOST_PULSE_MS = 2_000;
const LONGEST_PULSE_MS = 30_000;
const REFUSALS_BEFORE_LOSS = 2;

/** Why nothing that is open can be relied on, and when the API server was last heard. */
export interface Loss {
  readonly error: ClusterError;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Knows whether the API server is there. A watch on a dead connection, or on a server that stands still, is as quiet as
 * one without changes; so something small is asked every few seconds, over the same way and with the same credentials.
 *
 * When neither that nor any watch is answered, or the credentials are refused, every attempt under way is cut off, and
 * again when an answer comes after all, since what was sent in between may never be answered.
 */
export class Pulse {
  readonly #transport: Transport;
  readonly #timings: Timings;
  readonly #waitingRoom: WaitingRoom;
  #heardAt = Date.now();
  #timeoutMs: number;
  #refusals = 0;
  #loss: Loss | undefined;
  #untilLost = newSignal();
  #untilBack = newSignal();

  constructor(transport: Transport, timings: Timings, waitingRoom: WaitingRoom) {
    this.#transport = transport;
    this.#timings = timings;
    this.#waitingRoom = waitingRoom;
    this.#timeoutMs = timings.pulseTimeoutMs;
  }

  /** Notes that something came from the API server. */
  heard(): void {
    this.#heardAt = Date.now();
  }

  /** Begins an attempt that ends with `signal` or with the next loss. */
  attempt(signal: AbortSignal): Attempt {
    return new Attempt(signal, this.#untilLost.signal, this.#untilBack.signal);
  }

  /** Asks until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const everyMs = this.#timings.pulseMs;
      await this.#waitingRoom.wait(this.#loss === undefined ? everyMs : Math.min(everyMs, LOST_PULSE_MS), signal);
      if (!signal.aborted) await this.#beat(signal);
    }
  }

  async #beat(signal: AbortSignal): Promise<void> {
    const askedAt = Date.now();
    const timeoutMs = this.#loss === undefined ? this.#timeoutMs : this.#timings.pulseTimeoutMs;
    try {
      await this.#transport.requestJson({ path: PULSE_PATH, timeoutMs, signal });
      // One that is only slow is given more time, or it would be lost over and over.
      if (Date.now() - askedAt < this.#timings.pulseTimeoutMs / 2) this.#timeoutMs = this.#timings.pulseTimeoutMs;
      this.#answered();
    } catch (cause) {
      const error = toClusterError(cause);
      if (signal.aborted) return;
      if (error.code === 'unauthorized') this.#refused(error);
      // Any other status is an answer, also one of something that stands in front of the API server.
      else if (error.status !== undefined || this.#heardAt >= askedAt) this.#answered();
      else this.#lose(error);
    }
  }

  // The first refusal makes the next request sign in afresh; only a second one says that it is of no use.
  #refused(error: ClusterError): void {
    // A plugin that fails sent nothing: what is open goes on with the credentials that it began with.
    if (error.status === undefined) return;
    this.#heardAt = Date.now();
    this.#refusals += 1;
    if (this.#refusals >= REFUSALS_BEFORE_LOSS) this.#lose(error);
  }

  #lose(error: ClusterError): void {
    if (this.#loss !== undefined) return;
    this.#timeoutMs = Math.min(this.#timeoutMs * 2, LONGEST_PULSE_MS);
    this.#transport.distrust(error);
    this.#loss = { error, since: new Date(this.#heardAt).toISOString() };
    const { controller } = this.#untilLost;
    this.#untilLost = newSignal();
    controller.abort(this.#loss);
  }

  #answered(): void {
    this.#heardAt = Date.now();
    this.#refusals = 0;
    if (this.#loss === undefined) return;
    this.#loss = undefined;
    this.#transport.trust();
    const { controller } = this.#untilBack;
    this.#untilBack = newSignal();
    controller.abort();
    this.#waitingRoom.wake();
  }
}

function newSignal(): { readonly controller: AbortController; readonly signal: AbortSignal } {
  const controller = new AbortController();
  // Every watch listens to it; that is no leak.
  setMaxListeners(0, controller.signal);
  return { controller, signal: controller.signal };
}

/** One try to list and watch a kind. */
export class Attempt {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #lost: AbortSignal;
  readonly #back: AbortSignal;
  readonly #outer: AbortSignal;
  readonly #abort = () => this.#controller.abort();

  constructor(outer: AbortSignal, lost: AbortSignal, back: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#outer = outer;
    this.#lost = lost;
    this.#back = back;
    for (const source of [outer, lost, back]) source.addEventListener('abort', this.#abort, { once: true });
    if (outer.aborted) this.#abort();
  }

  /** The API server answered: its being back is no longer a reason to begin anew. */
  opened(): void {
    this.#back.removeEventListener('abort', this.#abort);
  }

  /** What the attempt was cut off for, if it was by a loss. */
  get loss(): Loss | undefined {
    return this.#lost.aborted ? this.#lost.reason : undefined;
  }

  /** Whether it was cut off only to begin anew at once. */
  get isOvertaken(): boolean {
    return this.signal.aborted && !this.#outer.aborted && !this.#lost.aborted;
  }

  end(): void {
    for (const source of [this.#outer, this.#lost, this.#back]) source.removeEventListener('abort', this.#abort);
  }
}
