import 'server-only';
import type { KubeObject } from '@/lib/core/kube/object-types';
import type { Pod } from '@/lib/core/kube/pod-types';
import { ClusterError } from './cluster-error';
import { listPath } from './discovery';
import { isJson, type Json } from './json-fields';
import type { ClusterSession } from './session';
import type { KindId } from './watched-kind';
import { WATCHED_KINDS } from './watched-kinds.data';

/**
 * Reads one object whole, without its managedFields. `namespace` is empty for cluster-scoped kinds.
 *
 * Secrets are no watched kind, and the transport refuses their paths before anything is sent.
 */
export async function readObject(
  session: ClusterSession,
  id: KindId,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const object = await readWhole(session, id, namespace, name, signal);
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}

async function readWhole(
  session: ClusterSession,
  id: KindId,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject & Json> {
  const path = await objectPath(session, id, namespace, name);
  const object = await session.transport.requestJson({ path, ...(signal === undefined ? {} : { signal }) });
  if (!isKubeObject(object)) {
    throw new ClusterError('internal', `The API server answered ${path} with something that is not an object.`);
  }
  return object;
}

/** Reads one pod whole, with its managedFields: they tell what its creator sent. */
export async function readPodWithFields(session: ClusterSession, namespace: string, name: string): Promise<Pod> {
  const { spec, status, ...rest } = await readWhole(session, 'pods', namespace, name);
  return { ...rest, ...(isJson(spec) ? { spec } : {}), ...(isJson(status) ? { status } : {}) };
}

/** Reads one pod whole. */
export async function readPod(
  session: ClusterSession,
  namespace: string,
  name: string,
  signal?: AbortSignal,
): Promise<Pod> {
  const { spec, status, ...rest } = await readObject(session, 'pods', namespace, name, signal);
  return { ...rest, ...(isJson(spec) ? { spec } : {}), ...(isJson(status) ? { status } : {}) };
}

/** Where the API server keeps an object. */
export async function objectPath(
  { discovery }: ClusterSession,
  id: KindId,
  namespace: string,
  name: string,
): Promise<string> {
  const { group, versions, plural, isNamespaced } = WATCHED_KINDS[id];
  const version = group === '' ? 'v1' : await discovery.servedVersion(group, versions, plural);
  if (version === undefined) {
    throw new ClusterError('not-found', `This cluster does not have ${plural}.${group}; install its CRD first.`);
  }
  return `${listPath(group, version, plural, isNamespaced ? namespace : undefined)}/${encodeURIComponent(name)}`;
}

function isKubeObject(value: unknown): value is KubeObject & Json {
  return isJson(value) && isJson(value.metadata);
}
