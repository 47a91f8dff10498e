import 'server-only';

/** How long things are waited for; tests shorten them. */
export interface Timings {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Before a kind that is forbidden or absent is tried again: at least this, at most twice this. */
  readonly slowRetryMs: number;
  /** A refusal that comes when the API server was away is believed only after this: while it starts it refuses everyone. */
  readonly doubtMs: number;
  /** A watch is ended by the server after this, at most twice this. */
  readonly watchMs: number;
  /** A watch that lived this long counts as healthy. */
  readonly healthyWatchMs: number;
  /** A watch that brought nothing for this long, no bookmark either, is opened anew. */
  readonly quietWatchMs: number;
  /** How often the API server is asked whether it is there, and how long it may take to say so. */
  readonly pulseMs: number;
  readonly pulseTimeoutMs: number;
  /** Changes within this time reach subscribers as one batch. */
  readonly batchMs: number;
}

export const TIMINGS: Timings = {
  firstRetryMs: 200,
  longestRetryMs: 10_000,
  slowRetryMs: 30_000,
  doubtMs: 8_000,
  watchMs: 300_000,
  healthyWatchMs: 5_000,
  // An API server sends a bookmark each minute.
  quietWatchMs: 150_000,
  pulseMs: 5_000,
  pulseTimeoutMs: 5_000,
  batchMs: 50,
};

/** Growing waits with jitter, so that many watches do not come back in step. */
export class Backoff {
  #failures = 0;
  readonly #timings: Timings;

  constructor(timings: Timings) {
    this.#timings = timings;
  }

  /** The next wait; never less than what the API server asked for. */
  next(atLeastMs = 0): number {
    const ceiling = Math.min(this.#timings.longestRetryMs, this.#timings.firstRetryMs * 2 ** this.#failures);
    this.#failures += 1;
    return Math.max(atLeastMs, ceiling * (0.5 + Math.random() / 2));
  }

  reset(): void {
    this.#failures = 0;
  }
}

/** A wait between the given time and twice that. */
export function jittered(ms: number): number {
  return ms * (1 + Math.random());
}

/** The waits of all watches of one session. When one of them gets through again, the others need not wait longer. */
export class WaitingRoom {
  readonly #wakers = new Set<() => void>();

  /** Resolves after `ms`, on abort, or, if it waits for the connection, as soon as `wake` is called: then with true. */
  wait(ms: number, signal: AbortSignal, isForConnection = false): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isWoken: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.#wakers.delete(wake);
        resolve(isWoken);
      };
      const finish = () => end(false);
      const wake = () => end(true);
      const timer = setTimeout(finish, ms);
      if (signal.aborted) {
        finish();
        return;
      }
      signal.addEventListener('abort', finish, { once: true });
      if (isForConnection) this.#wakers.add(wake);
    });
  }

  wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }
}
