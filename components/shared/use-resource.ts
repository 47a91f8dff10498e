'use client';
import { useRef } from 'react';
import useSWR, { type SWRConfiguration } from 'swr';
import type { ZodType } from 'zod';
import { getJson } from './api-client';
import { type ApiError, toApiError } from './api-error';
import { readCookie } from './browser-cookie';
import { CLUSTER_COOKIE } from './preferences';
import { useClusterEvents } from './use-cluster-events';

/** The states of one reading. `refresh` reads again; a stale value is the last good one, from `staleSince` on. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready';
      readonly value: T;
      readonly isStale: boolean;
      readonly staleSince: string | null;
      readonly error: ApiError | null;
      readonly refresh: () => Promise<void>;
    }
  | { readonly status: 'failed'; readonly error: ApiError; readonly refresh: () => Promise<void> };

interface ResourceOptions {
  /** Only changes in this namespace matter. */
  readonly namespace?: string | undefined;
  /** Keeps the last list on screen while another search, sort or page of it loads. */
  readonly keepPrevious?: boolean | undefined;
}

const lastReadAt = new Map<string, string>();
const RETRIED = new Set(['network', 'unreachable', 'timeout', 'internal']);

async function read<T>(path: string, schema: ZodType<T>): Promise<T> {
  const body = await getJson(path);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  lastReadAt.set(path, new Date().toISOString());
  return parsed.data;
}

const OPTIONS: SWRConfiguration = {
  revalidateOnFocus: false,
  errorRetryInterval: 3_000,
  shouldRetryOnError: (error: unknown) => RETRIED.has(toApiError(error).code),
};

/**
 * Reads `path` through SWR and again whenever the event stream names one of `kinds`. A failed refresh keeps the last
 * data, marked stale. `path` null reads nothing and stays loading.
 */
export function useResource<T>(
  path: string | null,
  schema: ZodType<T>,
  kinds: readonly string[],
  { namespace, keepPrevious = false }: ResourceOptions = {},
): Loadable<T> {
  const key = path === null ? null : ([path, readCookie(CLUSTER_COOKIE) ?? ''] as const);
  const { data, error, mutate } = useSWR<T, unknown>(key, path === null ? null : () => read(path, schema), {
    ...OPTIONS,
    keepPreviousData: keepPrevious,
  });
  const refresh = async () => {
    await mutate();
  };
  useClusterEvents(kinds, () => void refresh(), namespace);

  // With `keepPrevious` what is shown may come from the path before this one.
  const shownFrom = useRef<string | null>(null);
  const readAt = path === null ? undefined : lastReadAt.get(path);
  if (readAt !== undefined) shownFrom.current = readAt;

  const failure = error === undefined ? null : toApiError(error);
  if (data !== undefined) {
    const staleSince = failure === null ? null : shownFrom.current;
    return { status: 'ready', value: data, isStale: failure !== null, staleSince, error: failure, refresh };
  }
  return failure === null ? { status: 'loading' } : { status: 'failed', error: failure, refresh };
}
