import 'server-only';
import { isJson, type Json, objectAt, textAt } from './json-fields';
import { readObject } from './read-object';
import type { ClusterSession } from './session';

/** What a revision's injector goes by, as the cluster holds it. */
export interface ReadInjector {
  readonly config: string;
  readonly values: string;
  readonly mesh: string;
  /** Plain values of istiod's environment; empty where its Deployment cannot be read. */
  readonly istiodEnv: Readonly<Record<string, string>>;
  /** Of all nodes; undefined where they may not be listed. */
  readonly kubeletVersions?: readonly string[];
  /** The objects that it was read from. */
  readonly configMaps?: readonly ReadConfigMap[];
}

export interface ReadConfigMap {
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
}

const DEFAULT = 'default';
const suffixed = (name: string, revision: string) =>
  revision === '' || revision === DEFAULT ? name : `${name}-${revision}`;

/**
 * Reads the ConfigMaps of a revision's injector, and what decides about native sidecars.
 *
 * Fails with a ClusterError when a ConfigMap is not there or may not be read; the rest is taken as far as it can be had.
 */
export async function readInjector(
  session: ClusterSession,
  revision: string,
  namespace: string,
  signal?: AbortSignal,
): Promise<ReadInjector> {
  const [injector, mesh, istiodEnv, kubeletVersions] = await Promise.all([
    readTexts(session, namespace, suffixed('istio-sidecar-injector', revision), signal),
    readTexts(session, namespace, suffixed('istio', revision), signal),
    readEnvironment(session, namespace, suffixed('istiod', revision), signal).catch(() => ({})),
    readKubeletVersions(session, signal).catch(() => undefined),
  ]);
  return {
    config: textAt(injector.data, 'config'),
    values: textAt(injector.data, 'values'),
    mesh: textAt(mesh.data, 'mesh'),
    istiodEnv,
    ...(kubeletVersions === undefined ? {} : { kubeletVersions }),
    configMaps: [injector.configMap, mesh.configMap],
  };
}

async function readTexts(
  session: ClusterSession,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly data: Json; readonly configMap: ReadConfigMap }> {
  const { metadata, data } = await readObject(session, 'configmaps', namespace, name, signal);
  return { data: toObject(data), configMap: { namespace, name, resourceVersion: metadata.resourceVersion ?? '' } };
}

async function readEnvironment(
  session: ClusterSession,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, string>> {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments/${encodeURIComponent(name)}`;
  const deployment = await session.transport.requestJson({ path, ...(signal === undefined ? {} : { signal }) });
  const spec = objectAt(objectAt(objectAt(toObject(deployment), 'spec'), 'template'), 'spec');
  const [istiod] = toObjects(spec.containers);
  const entries = toObjects(istiod?.env).filter(({ value }) => typeof value === 'string');
  return Object.fromEntries(entries.map((entry) => [textAt(entry, 'name'), textAt(entry, 'value')]));
}

async function readKubeletVersions(session: ClusterSession, signal: AbortSignal | undefined): Promise<string[]> {
  const nodes = await session.transport.requestJson({
    path: '/api/v1/nodes',
    ...(signal === undefined ? {} : { signal }),
  });
  return toObjects(toObject(nodes).items).map((node) =>
    textAt(objectAt(objectAt(node, 'status'), 'nodeInfo'), 'kubeletVersion'),
  );
}

function toObject(value: unknown): Json {
  return isJson(value) ? value : {};
}

function toObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
