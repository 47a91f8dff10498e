import 'server-only';
import { Worker } from 'node:worker_threads';
import { ClusterError } from '@/lib/cluster/cluster-error';

export interface JobOptions {
  /** The job is ended, and its thread with it, when it takes longer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type JobAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly failure: string };

interface WaitingJob<Job, Result> {
  readonly id: number;
  readonly job: Job;
  readonly options: JobOptions;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** Enough for the largest input that is taken; a template that fills more ends its thread, not the server. */
const MEMORY_MB = 512;

/**
 * Runs jobs one after the other in a thread of their own, so that none of them can stall the server.
 *
 * A job that takes too long, needs too much memory or is cancelled loses its thread; the next one gets a new one.
 */
export class JobWorker<Job, Result> {
  readonly #file: string;
  readonly #queue: WaitingJob<Job, Result>[] = [];
  #worker: Worker | undefined;
  #running: WaitingJob<Job, Result> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** `file`: a built JavaScript module that answers messages `{ id, job }` with a `JobAnswer`. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Rejects with a ClusterError: `timeout` when the time is over, `invalid` when the thread died, as by lack of memory. */
  run(job: Job, options: JobOptions): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const { signal } = options;
      const onAbort = () => this.#cancel(waiting);
      // One signal may be that of many jobs.
      const forget = () => signal?.removeEventListener('abort', onAbort);
      const waiting: WaitingJob<Job, Result> = {
        id: this.#lastId,
        job,
        options,
        resolve: (result) => {
          forget();
          resolve(result);
        },
        reject: (error) => {
          forget();
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) return waiting.reject(cancelled());
      this.#queue.push(waiting);
      this.#next();
    });
  }

  async close(): Promise<void> {
    for (const waiting of this.#queue.splice(0)) waiting.reject(cancelled());
    this.#running?.reject(cancelled());
    await this.#dropWorker();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#running = next;
    this.#timer = setTimeout(() => this.#endRunning(tooSlow(next.options.timeoutMs)), next.options.timeoutMs);
    this.#ensureWorker().postMessage({ id: next.id, job: next.job });
  }

  #ensureWorker(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    worker.unref();
    worker.on('message', (answer: JobAnswer<Result>) => this.#settle(answer));
    worker.once('error', (error) => worker === this.#worker && this.#endRunning(died(error)));
    worker.once('exit', () => {
      if (worker === this.#worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }

  #settle(answer: JobAnswer<Result>): void {
    const done = this.#running;
    if (done === undefined || done.id !== answer.id) return;
    clearTimeout(this.#timer);
    this.#running = undefined;
    if ('result' in answer) done.resolve(answer.result);
    else done.reject(new ClusterError('internal', `The rendering thread failed: ${answer.failure}`));
    this.#next();
  }

  #cancel(waiting: WaitingJob<Job, Result>): void {
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) this.#queue.splice(place, 1)[0]?.reject(cancelled());
    else if (this.#running === waiting) this.#endRunning(cancelled());
  }

  #endRunning(error: Error): void {
    clearTimeout(this.#timer);
    const ended = this.#running;
    this.#running = undefined;
    void this.#dropWorker();
    ended?.reject(error);
    this.#next();
  }

  async #dropWorker(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

function tooSlow(timeoutMs: number): ClusterError {
  const message = `Rendering took longer than ${(timeoutMs / 1000).toFixed(1).replace('.0', '')} s and was stopped. Give fewer or smaller documents, or look for a template that does not end.`;
  return new ClusterError('timeout', message);
}

function cancelled(): ClusterError {
  return new ClusterError('timeout', 'The rendering was cancelled.');
}

function died(error: Error): ClusterError {
  return new ClusterError('invalid', `Rendering needed too much memory and was stopped (${error.message}).`);
}
