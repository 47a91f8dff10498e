/** Keys waiting for a look. A key is never handled twice at the same time, and many changes at once are one look. */
export interface WorkQueue {
  add(key: string): void;
  addAfter(key: string, delayMs: number): void;
  /** Forgets everything; resolves once what is running has ended. */
  stop(): Promise<void>;
}

export interface WorkQueueSettings {
  /** First and longest wait after a failure; each failure in a row doubles the wait. */
  readonly retryBaseMs?: number;
  readonly retryMaxMs?: number;
  readonly workers?: number;
  readonly onError?: (key: string, error: unknown) => void;
}

/** Says "look again later" without being a fault: the queue backs off and nothing is reported. */
export class RetryLater extends Error {}

class BackoffQueue implements WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly failures = new Map<string, number>();
  private readonly timers = new Map<string, { due: number; timer: NodeJS.Timeout }>();
  private readonly handle: (key: string) => Promise<void> | void;
  private readonly settings: WorkQueueSettings;
  private isScheduled = false;
  private isStopped = false;

  constructor(handle: (key: string) => Promise<void> | void, settings: WorkQueueSettings) {
    this.handle = handle;
    this.settings = settings;
  }

  add(key: string): void {
    if (this.isStopped) return;
    this.waiting.add(key);
    this.schedule();
  }

  addAfter(key: string, delayMs: number): void {
    if (this.isStopped) return;
    if (delayMs <= 0) {
      this.add(key);
      return;
    }
    const due = Date.now() + delayMs;
    const known = this.timers.get(key);
    if (known !== undefined && known.due <= due) return;
    if (known !== undefined) clearTimeout(known.timer);
    const fire = () => {
      this.timers.delete(key);
      this.add(key);
    };
    // A timer cannot wait longer than 2^31 ms; a look too early does no harm.
    const timer = setTimeout(fire, Math.min(delayMs, 2_147_483_647)).unref();
    this.timers.set(key, { due, timer });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.waiting.clear();
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    await Promise.all(this.running.values());
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.drain();
    });
  }

  private drain(): void {
    for (const key of this.waiting) {
      if (this.isStopped || this.running.size >= (this.settings.workers ?? 8)) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      this.running.set(key, this.look(key));
    }
  }

  private async look(key: string): Promise<void> {
    try {
      await this.handle(key);
      this.failures.delete(key);
    } catch (error) {
      if (!(error instanceof RetryLater)) this.settings.onError?.(key, error);
      const failures = this.failures.get(key) ?? 0;
      this.failures.set(key, failures + 1);
      const delayMs = (this.settings.retryBaseMs ?? 5) * 2 ** Math.min(failures, 30);
      this.addAfter(key, Math.min(delayMs, this.settings.retryMaxMs ?? 1_000_000));
    } finally {
      this.running.delete(key);
      if (this.waiting.size > 0) this.schedule();
    }
  }
}

export function createWorkQueue(
  handle: (key: string) => Promise<void> | void,
  settings: WorkQueueSettings = {},
): WorkQueue {
  return new BackoffQueue(handle, settings);
}
