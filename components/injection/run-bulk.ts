import { type ApiError, toApiError } from '@/components/shared/api-error';

/** How far the work on one of many is. */
export type BulkStatus<Result> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: ApiError }
  /** It was its turn after somebody cancelled. */
  | { readonly kind: 'cancelled' };

interface BulkOptions<Result> {
  readonly work: (id: string) => Promise<Result>;
  readonly onStatus: (id: string, status: BulkStatus<Result>) => void;
  /** What has not begun when it aborts is left alone; what runs, ends. */
  readonly signal: AbortSignal;
}

/** So many at once: fast for a hundred namespaces, and no burst for the API server. */
const CONCURRENCY = 4;

/** Works through many, a few at a time, telling of each; one that fails keeps none of the others. Never throws. */
export async function runBulk<Result>(ids: readonly string[], options: BulkOptions<Result>): Promise<void> {
  const { work, onStatus, signal } = options;
  const queue = ids.values();
  const worker = async () => {
    for (const id of queue) {
      if (signal.aborted) {
        onStatus(id, { kind: 'cancelled' });
        continue;
      }
      onStatus(id, { kind: 'running' });
      try {
        onStatus(id, { kind: 'done', result: await work(id) });
      } catch (error) {
        onStatus(id, { kind: 'failed', error: toApiError(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, ids.length) }, worker));
}
