import { ApiError, expired } from './api-error';
import { resourceId } from './kind-row';
import { versionProblem } from './list-objects';
import { type ListOptions, parseListOptions } from './list-options';
import { takeSnapshot } from './list-snapshot';
import type { JsonObject, KubeObject } from './object-types';
import { renderBookmark, renderObject } from './render-objects';
import type { ResourceContext } from './resource-context';
import type { Selection } from './select-objects';
import type { StoreEvent } from './store-history';

const SHORTEST_TIMEOUT_SECONDS = 1_800;
/** A watch whose end is known gets a bookmark this long before it. */
const LAST_BOOKMARK_SECONDS = 2;
/** A reader that falls this far behind is cut off; its client lists again. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;

/** Streams changes as lines of JSON until the client goes or the time is up. */
export function watchObjects(context: ResourceContext): void {
  const { row, request, query, response, store } = context;
  const options = parseListOptions(row, query, true);
  const { selection, sendInitialEvents } = options;
  const from = startOf(context, options);
  const stream = openStream(context, options);
  const send = (type: string, object: KubeObject) => stream.send({ type, object: stream.render(object) });

  if (sendInitialEvents) {
    const snapshot = takeSnapshot(store, row, request.namespace);
    for (const key of snapshot.keys) {
      const object = snapshot.read(key);
      if (object !== undefined && isNamed(context, object) && selection.matches(object)) send('ADDED', object);
    }
    stream.bookmark(true);
  } else {
    const missed = store.eventsSince(from);
    if (missed === undefined) {
      const gone = expired(`too old resource version: ${from} (${store.resourceVersion})`);
      stream.send({ type: 'ERROR', object: gone.toStatus() });
      response.end();
      return;
    }
    for (const event of missed) forward(context, selection, event, send);
  }
  const unwatch = store.watch((event) => {
    if (event.resourceVersion > from) forward(context, selection, event, send);
  });
  stream.onClose(unwatch);
}

/** The version after which changes are told. */
function startOf({ store }: ResourceContext, { resourceVersion, sendInitialEvents }: ListOptions): number {
  const problem = resourceVersion === '' ? undefined : versionProblem(resourceVersion);
  if (problem !== undefined) throw new ApiError('', problem, undefined, 500);
  if (sendInitialEvents) return 0;
  return ['', '0'].includes(resourceVersion) ? store.resourceVersion : Number(resourceVersion);
}

function isNamed({ request: { name, namespace } }: ResourceContext, { metadata }: KubeObject): boolean {
  return (
    (name === undefined || metadata.name === name) && (namespace === undefined || metadata.namespace === namespace)
  );
}

/** Tells a watcher of a change: an object that no longer meets its selectors is gone for it, one that now does is new. */
function forward(
  context: ResourceContext,
  selection: Selection,
  event: StoreEvent,
  send: (type: string, object: KubeObject) => void,
): void {
  const { object, previous, type } = event;
  if (resourceId(event.row) !== resourceId(context.row) || !isNamed(context, object)) return;
  const was = previous !== undefined && selection.matches(previous);
  const is = type !== 'DELETED' && selection.matches(object);
  if (is) send(was ? 'MODIFIED' : 'ADDED', object);
  else if (was && previous !== undefined) {
    const metadata = {
      ...(type === 'DELETED' ? object : previous).metadata,
      resourceVersion: object.metadata.resourceVersion,
    };
    send('DELETED', { ...(type === 'DELETED' ? object : previous), metadata });
  }
}

interface WatchStream {
  send(event: JsonObject): void;
  render(object: KubeObject): JsonObject;
  bookmark(isEndOfInitialEvents: boolean): void;
  onClose(work: () => void): void;
}

function openStream(context: ResourceContext, { allowBookmarks, timeoutSeconds }: ListOptions): WatchStream {
  const { row, request, response, rendering, store } = context;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  let hasColumns = true;

  const send = (event: JsonObject) => {
    if (response.writableEnded || response.destroyed) return;
    response.write(`${JSON.stringify(event)}\n`);
    if (response.writableLength > LARGEST_BACKLOG) response.destroy();
  };
  const render = (object: KubeObject) => {
    // Only the first event of a table watch carries the columns.
    const rendered = renderObject(row, request.version, object, { ...rendering, now: Date.now() }, hasColumns);
    hasColumns = false;
    return rendered;
  };
  const bookmark = (isEnd: boolean) => {
    if (!allowBookmarks) return;
    const annotations = isEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    const metadata = { resourceVersion: String(store.resourceVersion), ...annotations };
    const object = renderBookmark(row, request.version, metadata, { ...rendering, now: Date.now() }, hasColumns);
    hasColumns = false;
    send({ type: 'BOOKMARK', object });
  };

  const seconds = timeoutSeconds === 0 ? SHORTEST_TIMEOUT_SECONDS * (1 + Math.random()) : timeoutSeconds;
  const timers = [
    setTimeout(() => response.end(), Math.max(seconds, 0) * 1000),
    setInterval(() => bookmark(false), context.bookmarkIntervalMs),
  ];
  if (seconds > LAST_BOOKMARK_SECONDS) {
    timers.push(setTimeout(() => bookmark(false), (seconds - LAST_BOOKMARK_SECONDS) * 1000));
  }
  const endings: (() => void)[] = [() => timers.forEach(clearTimeout)];
  response.on('close', () => {
    for (const work of endings.splice(0)) work();
  });
  return { send, render, bookmark, onClose: (work) => endings.push(work) };
}
