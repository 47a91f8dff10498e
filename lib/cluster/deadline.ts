import 'server-only';

/** One signal out of several and a clock, which leaves no listener behind on the signals that outlive the request. */
export class Deadline {
  readonly signal: AbortSignal;
  hasExpired = false;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #parents: readonly AbortSignal[];
  readonly #onAbort = () => this.#controller.abort();

  constructor(timeoutMs: number, parents: readonly (AbortSignal | undefined)[]) {
    this.signal = this.#controller.signal;
    this.#parents = parents.filter((parent) => parent !== undefined);
    for (const parent of this.#parents) {
      if (parent.aborted) this.#controller.abort();
      parent.addEventListener('abort', this.#onAbort, { once: true });
    }
    this.#timer = setTimeout(() => this.expire(), timeoutMs);
  }

  /** Ends it before its time. */
  expire(): void {
    this.hasExpired = true;
    this.#controller.abort();
  }

  stopClock(): void {
    clearTimeout(this.#timer);
  }

  done(): void {
    this.stopClock();
    for (const parent of this.#parents) parent.removeEventListener('abort', this.#onAbort);
  }
}
