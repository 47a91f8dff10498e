import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { ClusterConnection, type ConnectionParts } from './cluster-connection';
import { ClusterError } from './cluster-error';
import type { ClusterSettings } from './cluster-settings';
import { type KubeconfigParts, readKubeconfigFiles } from './kubeconfig-files';
import { createRereader, stampOf } from './reread-files';

const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

interface KubeconfigContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** Every cluster that can be reached, and the way in. */
export interface Kubeconfig {
  /** Where it was read from, for messages. */
  readonly source: string;
  readonly currentContext: string;
  readonly contexts: readonly KubeconfigContext[];
  /** The connection of a context, of the current one when none is named. */
  connect(contextName?: string): ClusterConnection;
}

/** Reads the files of the settings, else ~/.kube/config, else the pod's service account, in kubectl's order. */
export function readKubeconfig(settings: ClusterSettings, serviceAccountFolder = SERVICE_ACCOUNT_FOLDER): Kubeconfig {
  const named = (settings.kubeconfigPath ?? '').split(path.delimiter).filter((file) => file !== '');
  if (named.length > 0) return fromFiles(named, settings.context);
  const home = path.join(homedir(), '.kube', 'config');
  if (existsSync(home)) return fromFiles([home], settings.context);
  if (existsSync(path.join(serviceAccountFolder, 'token'))) {
    const parts = readServiceAccount(serviceAccountFolder);
    // Its token and certificate are files of their own, which are read when they are used.
    return toKubeconfig(parts, serviceAccountFolder, settings.context, () => () => undefined);
  }
  const message = `No cluster: no kubeconfig was named, there is none at ${home}, and this is not a pod. Use --kubeconfig.`;
  throw new ClusterError('not-found', message);
}

/** What client-go makes of the files and variables that every pod has. */
function readServiceAccount(folder: string): KubeconfigParts {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = process.env;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const namespaceFile = path.join(folder, 'namespace');
  const namespace = existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : 'default';
  const authProvider = { name: 'tokenFile', config: { tokenFile: path.join(folder, 'token') } };
  return {
    clusters: [{ name: 'inCluster', server, skipTLSVerify: false, caFile: path.join(folder, 'ca.crt') }],
    users: [{ name: 'inClusterUser', authProvider, impersonateHeaders: {} }],
    contexts: [{ name: 'inClusterContext', cluster: 'inCluster', user: 'inClusterUser', namespace }],
    currentContext: 'inClusterContext',
  };
}

function fromFiles(files: readonly string[], preferred: string | undefined): Kubeconfig {
  const source = files.join(path.delimiter);
  // Taken before the first reading, so that no change falls between the two.
  const stamp = stampOf(files);
  return toKubeconfig(readKubeconfigFiles(files), source, preferred, (contextName) =>
    createRereader(files, stamp, () => pick(readKubeconfigFiles(files), source, contextName)),
  );
}

function toKubeconfig(
  parts: KubeconfigParts,
  source: string,
  preferred: string | undefined,
  rereader: (contextName: string) => () => ConnectionParts | undefined,
): Kubeconfig {
  const only = parts.contexts.length === 1 ? (parts.contexts[0]?.name ?? '') : '';
  const currentContext = preferred ?? (parts.currentContext === '' ? only : parts.currentContext);
  return {
    source,
    currentContext,
    contexts: parts.contexts.map(({ name, cluster, user, namespace }) => ({
      name,
      cluster,
      user,
      namespace: namespace ?? 'default',
    })),
    connect: (contextName = currentContext) =>
      new ClusterConnection(pick(parts, source, contextName), rereader(contextName)),
  };
}

function pick(parts: KubeconfigParts, source: string, contextName: string): ConnectionParts {
  const context = parts.contexts.find(({ name }) => name === contextName);
  if (context === undefined) {
    const known = parts.contexts.map(({ name }) => `"${name}"`).join(', ') || 'none';
    const asked = contextName === '' ? 'No context is current' : `No context "${contextName}"`;
    throw new ClusterError('not-found', `${asked} in kubeconfig ${source}; it has: ${known}. Use --context.`);
  }
  const cluster = parts.clusters.find(({ name }) => name === context.cluster);
  if (cluster === undefined) {
    const message = `Context "${contextName}" of kubeconfig ${source} names cluster "${context.cluster}", which it does not define.`;
    throw new ClusterError('invalid', message);
  }
  // client-node drops CA and TLS settings when a context has no user; an empty one keeps them.
  const user = parts.users.find(({ name }) => name === context.user) ?? { name: context.user, impersonateHeaders: {} };
  return { context, cluster, user };
}
