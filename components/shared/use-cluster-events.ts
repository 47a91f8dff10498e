'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { readCookie } from './browser-cookie';
import { coalesce } from './coalesce';
import { type Connection, createEventStream, type EventStream } from './event-stream';
import { CLUSTER_COOKIE } from './preferences';

/** Browsers allow few connections to one host, so a tab that nobody sees gives its own back. */
const HIDDEN_MS = 20_000;
const CONNECTING: Connection = { status: 'connecting', since: null };

let stream: EventStream | undefined;

function openStream(): EventStream {
  if (stream !== undefined) return stream;
  const cluster = readCookie(CLUSTER_COOKIE);
  const query = cluster === undefined ? '' : `?cluster=${encodeURIComponent(cluster)}`;
  const opened = createEventStream(() => new EventSource(`/api/v1/events${query}`));
  stream = opened;
  let hide: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(opened.pause, HIDDEN_MS);
    else opened.resume();
  });
  addEventListener('pagehide', opened.pause);
  addEventListener('pageshow', opened.resume);
  return opened;
}

/** Calls `onChange`, at most each 600 ms, when an object of one of `kinds` changed (in `namespace`, if given). */
export function useClusterEvents(kinds: readonly string[], onChange: () => void, namespace?: string): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const wanted = kinds.join(' ');
  useEffect(() => {
    const { call, cancel } = coalesce(() => latest.current());
    const names = wanted.split(' ');
    const leave = openStream().subscribe((change) => {
      if (change === null) return call();
      if (!change.kinds.some((kind) => names.includes(kind))) return;
      const isElsewhere = change.namespaces.length > 0 && !change.namespaces.includes(namespace ?? '');
      if (namespace === undefined || !isElsewhere) call();
    });
    return () => {
      leave();
      cancel();
    };
  }, [wanted, namespace]);
}

const watchConnection = (listener: () => void) => openStream().onConnection(listener);

/** How this tab stands with the server, and the server with the cluster. */
export const useConnection = (): Connection =>
  useSyncExternalStore(
    watchConnection,
    () => openStream().connection(),
    () => CONNECTING,
  );
