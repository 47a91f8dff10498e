import 'server-only';
import { Backoff, jittered } from './backoff';
import { type ClusterError, isOfConnection, toClusterError } from './cluster-error';
import { type Discovery, listPath } from './discovery';
import type { KindState } from './kind-state';
import { watchNamedNamespaces } from './named-namespaces';
import { NamespacedWatch } from './namespaced-watch';
import { lackingRight, type ReadableNamespaces } from './readable-namespaces';
import { Reflector, type ReflectorContext, type ReflectorSink } from './reflector';
import type { ClusterStore } from './snapshot';
import type { KindId, RecordOf } from './watched-kind';
import { WATCHED_KINDS } from './watched-kinds.data';

/** What all watchers of a session share. */
export interface WatchContext extends ReflectorContext {
  readonly store: ClusterStore;
  readonly discovery: Discovery;
  readonly readable: ReadableNamespaces;
}

/** Keeps one kind of the store current until aborted: cluster-wide if the user may, else namespace by namespace. */
export async function watchKind<Id extends KindId>(id: Id, context: WatchContext, signal: AbortSignal): Promise<void> {
  const backoff = new Backoff(context.timings);
  while (!signal.aborted) {
    try {
      await watchOnce(id, context, signal);
      backoff.reset();
    } catch (error) {
      if (!signal.aborted) await pause(id, toClusterError(error), context, backoff, signal);
    }
  }
}

async function watchOnce<Id extends KindId>(id: Id, context: WatchContext, signal: AbortSignal): Promise<void> {
  const kind = WATCHED_KINDS[id];
  const version = await findVersion(context.discovery, kind);
  if (version === undefined) {
    await missingForNow(id, { reason: 'absent' }, context, signal);
    return;
  }
  const path = listPath(kind.group, version, kind.plural);
  try {
    await new Reflector<RecordOf[Id]>(kind, { path }, context, sinkOf(context.store, id)).run(signal);
  } catch (error) {
    const problem = toClusterError(error);
    if (problem.code !== 'forbidden' || signal.aborted) throw problem;
    if (id === 'namespaces') await watchNamedNamespaces(context, problem, signal);
    else if (kind.isNamespaced) await new NamespacedWatch(id, context, problem).run(signal);
    else throw problem;
  }
}

async function findVersion(discovery: Discovery, kind: { group: string; versions: readonly string[]; plural: string }) {
  // The core group needs no discovery: it is in every cluster.
  return kind.group === '' ? 'v1' : await discovery.servedVersion(kind.group, kind.versions, kind.plural);
}

async function pause(
  id: KindId,
  error: ClusterError,
  context: WatchContext,
  backoff: Backoff,
  signal: AbortSignal,
): Promise<void> {
  const { store, waitingRoom } = context;
  switch (error.code) {
    case 'not-found':
      await missingForNow(id, { reason: 'absent', message: error.message }, context, signal);
      return;
    case 'forbidden':
    case 'unsupported':
      await missingForNow(id, { reason: error.code, message: error.message }, context, signal);
      return;
    default:
      // Whatever failed was on the way to the kind; what is known of it stays.
      store.setState(id, failedState(store.state(id), error));
      await waitingRoom.wait(backoff.next(error.retryAfterMs), signal, isOfConnection(error));
  }
}

async function missingForNow(
  id: KindId,
  why: Pick<KindState, 'reason' | 'message'>,
  context: WatchContext,
  signal: AbortSignal,
): Promise<void> {
  // What can no longer be read must not be shown as if it were current.
  context.store.replace(id, []);
  context.store.setState(id, { status: 'missing', right: lackingRight(WATCHED_KINDS[id]), ...why });
  await context.waitingRoom.wait(jittered(context.timings.slowRetryMs), signal);
}

function sinkOf<Id extends KindId>(store: ClusterStore, id: Id): ReflectorSink<RecordOf[Id]> {
  return {
    replace: (items) => store.replace(id, items),
    upsert: (item) => store.upsert(id, item),
    remove: (namespace, name) => store.remove(id, namespace, name),
    live: () => store.setState(id, { status: 'live' }),
    failed: (error, since) => store.setState(id, failedState(store.state(id), error, since)),
  };
}

/** The state after a failure that will be tried again: records stay, marked stale since the first failure. */
function failedState(before: KindState, error: ClusterError, since?: string): Omit<KindState, 'since'> {
  const staleSince = before.staleSince ?? since ?? new Date().toISOString();
  const problem = { reason: error.code, message: error.message };
  if (before.status === 'syncing') return { status: 'syncing', ...problem };
  if (before.status === 'missing') return { ...before, staleSince };
  return { status: 'stale', staleSince, ...problem };
}
