import 'server-only';
import { ClusterError, isClusterError } from './cluster-error';
import { isJson, type Json, objectAt, textAt } from './json-fields';
import type { QueryValue, Transport } from './transport';

export interface ListRequest<T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly accept?: string;
  readonly pageSize: number;
  /** Called for each object as soon as it is parsed, so that full objects live one at a time. */
  readonly project: (object: Json) => T;
  readonly signal?: AbortSignal;
  /** For each page; a person who waits is told sooner than a watch, so the transport decides when absent. */
  readonly timeoutMs?: number;
}

export interface ListResult<T> {
  readonly items: readonly T[];
  /** Where a watch goes on. */
  readonly resourceVersion: string;
}

const RESTARTS = 3;

/**
 * Lists a kind page by page, without a stall of the event loop.
 *
 * A continue token that expired half-way starts the list again with bigger pages, the last time unpaged; what a
 * caller gets is always one consistent list.
 */
export async function listPages<T>(transport: Transport, request: ListRequest<T>): Promise<ListResult<T>> {
  for (let restart = 0; ; restart += 1) {
    const limit = restart === RESTARTS ? undefined : request.pageSize * 2 ** restart;
    try {
      return await listOnce(transport, request, limit);
    } catch (error) {
      const isExpired = isClusterError(error) && error.code === 'gone';
      if (!isExpired || restart === RESTARTS) throw error;
    }
  }
}

async function listOnce<T>(
  transport: Transport,
  request: ListRequest<T>,
  limit: number | undefined,
): Promise<ListResult<T>> {
  const items: T[] = [];
  const take = (item: unknown) => {
    if (isJson(item)) items.push(request.project(item));
  };
  let token = '';
  for (;;) {
    const page = await transport.requestList(
      {
        path: request.path,
        query: { ...request.query, limit, continue: token === '' ? undefined : token },
        ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
        ...(request.accept === undefined ? {} : { accept: request.accept }),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      },
      take,
    );
    if (!isJson(page)) throw new ClusterError('internal', `The API server answered ${request.path} without a list.`);
    const metadata = objectAt(page, 'metadata');
    token = textAt(metadata, 'continue');
    if (token === '') return { items, resourceVersion: textAt(metadata, 'resourceVersion') };
  }
}
