import 'server-only';
import type { NamespaceRecord } from '@/lib/core/kube/records';
import { jittered } from './backoff';
import { type ClusterError, toClusterError } from './cluster-error';
import { isJson } from './json-fields';
import type { WatchContext } from './kind-watcher';
import { projectNamespace } from './projections/project-namespace';
import { lackingRight } from './readable-namespaces';
import { Reflector, type ReflectorSink } from './reflector';
import { WATCHED_KINDS } from './watched-kinds.data';

const ROOT = '/api/v1/namespaces';

/**
 * The namespaces that the context and the settings name, for a user who may not list namespaces.
 *
 * One that may be read is watched by name where RBAC allows that, else read again now and then; one that may not is kept
 * by name when its pods may be read. Returns when namespaces can be listed, or on abort.
 */
export async function watchNamedNamespaces(
  context: WatchContext,
  refusal: ClusterError,
  signal: AbortSignal,
): Promise<void> {
  const { readable, waitingRoom, timings, transport } = context;
  const children = new AbortController();
  const onAbort = () => children.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  const watched = new Set<string>();
  try {
    while (!signal.aborted) {
      const names = readable.configured;
      const found = await Promise.all(names.map((name) => readNamespace(context, name, signal)));
      if (signal.aborted) return;
      reconcile(
        context,
        found.filter((record) => record !== undefined),
      );
      publish(context, refusal);
      for (const record of found) {
        if (record === undefined || record.isNameOnly || watched.has(record.name)) continue;
        watched.add(record.name);
        void watchByName(context, record.name, children.signal).finally(() => watched.delete(record.name));
      }
      await waitingRoom.wait(jittered(timings.slowRetryMs), signal);
      if (signal.aborted) return;
      const listed = await transport.requestJson({ path: ROOT, query: { limit: 1 }, signal }).catch(() => undefined);
      if (listed !== undefined) return;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    children.abort();
  }
}

function reconcile(context: WatchContext, found: readonly NamespaceRecord[]): void {
  const names = new Set(found.map((record) => record.name));
  for (const record of context.store.list('namespaces')) {
    if (!names.has(record.name)) context.store.remove('namespaces', '', record.name);
  }
  for (const record of found) context.store.upsert('namespaces', record);
}

function publish(context: WatchContext, refusal: ClusterError): void {
  context.store.setState('namespaces', {
    status: 'missing',
    reason: refusal.code,
    right: lackingRight(WATCHED_KINDS.namespaces),
    message: refusal.message,
    namespaces: context.store.list('namespaces').map((record) => record.name),
  });
}

async function readNamespace(
  context: WatchContext,
  name: string,
  signal: AbortSignal,
): Promise<NamespaceRecord | undefined> {
  const { transport, store, readable } = context;
  try {
    const object = await transport.requestJson({ path: `${ROOT}/${encodeURIComponent(name)}`, signal });
    return isJson(object) ? projectNamespace(object, store.interner) : undefined;
  } catch (error) {
    const { code } = toClusterError(error);
    if (code === 'not-found') return undefined;
    // A failure of the connection says nothing about the namespace: keep what is known.
    if (code !== 'forbidden') return store.get('namespaces', '', name);
    return (await readable.mayWatch({ group: '', plural: 'pods' }, name, signal)) ? nameOnly(name) : undefined;
  }
}

function nameOnly(name: string): NamespaceRecord {
  const nothing = {
    namespace: '',
    uid: '',
    resourceVersion: '',
    createdAt: '',
    labels: {},
    annotations: {},
    phase: '',
  };
  return { kind: 'Namespace', name, ...nothing, isNameOnly: true };
}

async function watchByName(context: WatchContext, name: string, signal: AbortSignal): Promise<void> {
  const { store } = context;
  const sink: ReflectorSink<NamespaceRecord> = {
    replace: (items) => {
      for (const item of items) store.upsert('namespaces', item);
      if (items.length === 0) store.remove('namespaces', '', name);
    },
    upsert: (item) => store.upsert('namespaces', item),
    remove: () => store.remove('namespaces', '', name),
    live: () => undefined,
    failed: () => undefined,
  };
  const place = { path: ROOT, fieldSelector: `metadata.name=${name}` };
  // Where RBAC has no such right, reading the namespace now and then has to do.
  await new Reflector(WATCHED_KINDS.namespaces, place, context, sink).run(signal).catch(() => undefined);
}
