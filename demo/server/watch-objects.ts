import { expired, invalid } from './api-error';
import { resourceId } from './kind-row';
import { parseVersion } from './list-objects';
import { takeSnapshot } from './list-snapshot';
import type { JsonObject, KubeObject } from './object-types';
import { asVersion, renderObject } from './render-objects';
import type { ResourceContext } from './resource-context';
import { parseSelection, type Selection } from './select-objects';
import type { StoreEvent } from './store-history';

const SHORTEST_TIMEOUT_SECONDS = 1_800;
/** A reader that falls this far behind is cut off; its client lists again. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;

/** Streams changes as lines of JSON until the client goes or the time is up. */
export function watchObjects(context: ResourceContext): void {
  const { row, request, query, response, store } = context;
  const selection = parseSelection(row, query);
  const start = parseStart(query);
  const stream = openStream(context);
  const send = (type: string, object: KubeObject) => stream.send({ type, object: stream.render(object) });

  if (start.kind === 'from') {
    const missed = store.eventsSince(start.resourceVersion);
    if (missed === undefined) {
      const oldest = store.resourceVersion;
      const gone = expired(`too old resource version: ${start.resourceVersion} (${oldest})`);
      stream.send({ type: 'ERROR', object: gone.toStatus() });
      response.end();
      return;
    }
    for (const event of missed) forward(context, selection, event, send);
  } else {
    const snapshot = takeSnapshot(store, row, request.namespace);
    for (const key of snapshot.keys) {
      const object = snapshot.read(key);
      if (object !== undefined && selection.matches(object)) send('ADDED', object);
    }
    if (start.kind === 'initial-events') stream.bookmark(true);
  }
  const floor = start.kind === 'from' ? start.resourceVersion : 0;
  const unwatch = store.watch((event) => {
    if (event.resourceVersion > floor) forward(context, selection, event, send);
  });
  stream.onClose(unwatch);
}

type Start =
  | { readonly kind: 'from'; readonly resourceVersion: number }
  | { readonly kind: 'state' }
  | { readonly kind: 'initial-events' };

function parseStart(query: URLSearchParams): Start {
  const version = query.get('resourceVersion') ?? '';
  const match = query.get('resourceVersionMatch') ?? '';
  const initial = query.get('sendInitialEvents');
  const refuse = (field: string, text: string) =>
    invalid('meta.k8s.io', 'ListOptions', '', [
      { reason: 'FieldValueForbidden', message: `Forbidden: ${text}`, field },
    ]);
  if (initial === null && match !== '') {
    throw refuse(
      'resourceVersionMatch',
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  if (initial !== null && match !== 'NotOlderThan') {
    throw refuse('resourceVersionMatch', 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  }
  if (initial === 'true') return { kind: 'initial-events' };
  if (initial === null && (version === '' || version === '0')) return { kind: 'state' };
  return { kind: 'from', resourceVersion: parseVersion(version === '' ? '0' : version) };
}

/** Tells a watcher of a change: an object that no longer meets its selectors is gone for it, one that now does is new. */
function forward(
  { row, request }: ResourceContext,
  selection: Selection,
  event: StoreEvent,
  send: (type: string, object: KubeObject) => void,
): void {
  if (resourceId(event.row) !== resourceId(row)) return;
  const { object, previous, type } = event;
  if (request.namespace !== undefined && object.metadata.namespace !== request.namespace) return;
  const { name } = request;
  if (name !== undefined && object.metadata.name !== name) return;
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

function openStream(context: ResourceContext): WatchStream {
  const { row, request, query, response, rendering, store } = context;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  const endings: (() => void)[] = [];
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
    if (query.get('allowWatchBookmarks') !== 'true' && query.get('allowWatchBookmarks') !== '1') return;
    const annotations = isEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    const metadata = { resourceVersion: String(store.resourceVersion), creationTimestamp: null, ...annotations };
    const { metadata: _metadata, ...head } = asVersion(row, request.version, EMPTY_OBJECT);
    const plain = { ...head, metadata };
    const table = {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: {},
      columnDefinitions: null,
      rows: [{ cells: null, object: plain }],
    };
    send({ type: 'BOOKMARK', object: rendering.form === 'table' ? table : plain });
  };

  const asked = Number(query.get('timeoutSeconds') ?? 0);
  const seconds = asked > 0 ? asked : SHORTEST_TIMEOUT_SECONDS * (1 + Math.random());
  const timeout = setTimeout(() => {
    bookmark(false);
    response.end();
  }, seconds * 1000);
  const bookmarks = setInterval(() => bookmark(false), context.bookmarkIntervalMs);
  endings.push(() => {
    clearTimeout(timeout);
    clearInterval(bookmarks);
  });
  response.on('close', () => {
    for (const work of endings.splice(0)) work();
  });
  return { send, render, bookmark, onClose: (work) => endings.push(work) };
}

const EMPTY_OBJECT: KubeObject = {
  apiVersion: '',
  kind: '',
  metadata: { name: '', uid: '', resourceVersion: '', creationTimestamp: '' },
};
