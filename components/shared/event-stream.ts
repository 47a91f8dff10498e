import type { ConnectionProblem } from '@/lib/api/answer-parts';
import { readConnection, readKinds } from './event-payload';

/** A change that arrived: object kinds and, where the change is in namespaces, which. `null` asks to read all again. */
export type ClusterChange = { readonly kinds: readonly string[]; readonly namespaces: readonly string[] } | null;

/**
 * `syncing`: the server reads the cluster for the first time. `stale`: the server lost the cluster. `reconnecting`: this
 * tab lost the server. `since` is when, in ISO form; `problem` why the server lost the cluster or cannot read it.
 */
export interface Connection {
  readonly status: 'connecting' | 'syncing' | 'live' | 'stale' | 'reconnecting';
  readonly since: string | null;
  readonly problem?: ConnectionProblem;
}

/** The part of EventSource that is used, so that tests can stand one in. */
export interface Source {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface EventStream {
  readonly subscribe: (listener: (change: ClusterChange) => void) => () => void;
  readonly onConnection: (listener: () => void) => () => void;
  readonly connection: () => Connection;
  readonly pause: () => void;
  readonly resume: () => void;
}

const CLOSED = 2;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;
const CONNECTING: Connection = { status: 'connecting', since: null };

/**
 * One event stream, opened by whoever needs it first and kept, since pages come and go.
 *
 * The browser reconnects by itself after a dropped socket, but gives up on an HTTP error: then it is opened anew, later
 * each time. Whatever was missed while it was away is unknown, so subscribers are told to read again once it is back.
 */
export function createEventStream(open: () => Source): EventStream {
  const listeners = new Set<(change: ClusterChange) => void>();
  const watchers = new Set<() => void>();
  let source: Source | null = null;
  let connection = CONNECTING;
  let wasLost = false;
  let isPaused = false;
  let retryMs = FIRST_RETRY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: ClusterChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  const setConnection = (next: Connection) => {
    const before = connection;
    if (next.status === before.status && next.since === before.since && next.problem === before.problem) return;
    connection = next;
    // What failed while the cluster was away is read again; nothing says that it changed.
    if (next.status === 'live' && before.status === 'stale') tell(null);
    for (const watcher of [...watchers]) watcher();
  };
  const stop = () => {
    clearTimeout(retry);
    retry = undefined;
    source?.close();
    source = null;
  };
  const lost = () => {
    const since = connection.status === 'reconnecting' ? connection.since : new Date().toISOString();
    wasLost = true;
    setConnection({ status: 'reconnecting', since });
    if (source === null || source.readyState !== CLOSED) return;
    stop();
    retry = setTimeout(start, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };
  function start(): void {
    stop();
    const current = open();
    source = current;
    current.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      if (wasLost) tell(null);
      wasLost = false;
    };
    current.onerror = lost;
    current.addEventListener('change', ({ data }) => tell(readKinds(data)));
    current.addEventListener('resync', () => tell(null));
    current.addEventListener('state', ({ data }) => setConnection(readConnection(data)));
  }

  const startOnce = () => {
    if (source === null && retry === undefined && !isPaused) start();
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      startOnce();
      return () => {
        listeners.delete(listener);
      };
    },
    onConnection: (watcher) => {
      watchers.add(watcher);
      startOnce();
      return () => {
        watchers.delete(watcher);
      };
    },
    connection: () => connection,
    pause: () => {
      isPaused = true;
      stop();
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      wasLost = true;
      start();
    },
  };
}
