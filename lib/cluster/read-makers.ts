import 'server-only';
import type { KubeObject } from '@/lib/core/kube/object-types';
import { isClusterError } from './cluster-error';
import { listPath } from './discovery';
import { isJson, type Json, textAt } from './json-fields';
import { listPages } from './list-pages';
import { readObject } from './read-object';
import type { ClusterSession } from './session';
import type { KindId } from './watched-kind';
import { WATCHED_KINDS } from './watched-kinds.data';

/** Up to here each object is read by itself; beyond, the namespace's list is shorter. */
const FEW = 8;

/**
 * Reads objects of one kind and namespace with their whole pod template, each as JSON text by its name.
 *
 * Output: what is gone meanwhile is absent. Fails with a ClusterError when the kind may not be read.
 */
export async function readMakers(
  session: ClusterSession,
  id: KindId,
  namespace: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  return names.length <= FEW
    ? readEach(session, id, namespace, names, signal)
    : readList(session, id, namespace, new Set(names), signal);
}

async function readEach(
  session: ClusterSession,
  id: KindId,
  namespace: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        return await readObject(session, id, namespace, name, signal);
      } catch (error) {
        if (isClusterError(error) && error.code === 'not-found') return undefined;
        throw error;
      }
    }),
  );
  return new Map(found.flatMap((object) => (object === undefined ? [] : [entryOf(id, object)])));
}

async function readList(
  session: ClusterSession,
  id: KindId,
  namespace: string,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { group, versions, plural, pageSize } = WATCHED_KINDS[id];
  const version = group === '' ? 'v1' : await session.discovery.servedVersion(group, versions, plural);
  if (version === undefined) return new Map();
  const { items } = await listPages(session.transport, {
    path: listPath(group, version, plural, namespace),
    pageSize,
    signal,
    project: (object: Json) => {
      const { metadata } = object;
      const isWanted = isJson(metadata) && wanted.has(textAt(metadata, 'name'));
      return isWanted ? entryOf(id, { ...object, metadata }) : undefined;
    },
  });
  return new Map(items.filter((entry) => entry !== undefined));
}

/** Items of a list name neither their kind nor its version. */
function entryOf(id: KindId, { metadata, spec }: Pick<KubeObject, 'metadata' | 'spec'>): readonly [string, string] {
  const { group, versions, kind } = WATCHED_KINDS[id];
  const [version = 'v1'] = versions;
  const { managedFields: _dropped, ...kept } = metadata;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return [metadata.name ?? '', JSON.stringify({ apiVersion, kind, metadata: kept, spec })];
}
