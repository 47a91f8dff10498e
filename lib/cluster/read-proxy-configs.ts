import 'server-only';
import { listPath } from './discovery';
import { type Json, objectAt, textAt } from './json-fields';
import { listPages } from './list-pages';
import type { ClusterSession } from './session';

const GROUP = 'networking.istio.io';
const VERSIONS = ['v1', 'v1beta1'];
const PLURAL = 'proxyconfigs';
const PAGE_SIZE = 500;

export interface ReadProxyConfig {
  readonly namespace: string;
  /** As JSON text. */
  readonly spec: string;
}

/** Reads Istio's ProxyConfig resources of some namespaces; none where the cluster does not have the kind. Fails with a ClusterError. */
export async function readProxyConfigs(
  session: ClusterSession,
  namespaces: readonly string[] | 'all',
  signal: AbortSignal,
): Promise<readonly ReadProxyConfig[]> {
  const version = await session.discovery.servedVersion(GROUP, VERSIONS, PLURAL);
  if (version === undefined) return [];
  const lists = await Promise.all(
    (namespaces === 'all' ? [undefined] : [...new Set(namespaces)]).map((namespace) =>
      listPages(session.transport, {
        path: listPath(GROUP, version, PLURAL, namespace),
        pageSize: PAGE_SIZE,
        signal,
        project: (object: Json) => ({
          namespace: textAt(objectAt(object, 'metadata'), 'namespace'),
          spec: JSON.stringify(objectAt(object, 'spec')),
        }),
      }),
    ),
  );
  return lists.flatMap(({ items }) => items);
}
