import 'server-only';
import { readFileSync } from 'node:fs';
import type https from 'node:https';
import type { Cluster } from '@kubernetes/client-node';
import type { KubeconfigUser } from './kubeconfig-files';

/** Puts what a user has to prove who they are, and what the server has to, into the options of a request. */
export interface CredentialSource {
  applyToHTTPSOptions(options: https.RequestOptions): Promise<void>;
}

/**
 * The credentials of a kubeconfig's user. Certificates, tokens and passwords are read here; plugins, other providers
 * and proxies are client-node's, which takes half a second and 80 MB to load and is loaded only for them.
 */
export function createCredentialSource(cluster: Cluster, user: KubeconfigUser): CredentialSource {
  if (isPlain(cluster, user)) {
    return { applyToHTTPSOptions: async (options) => void Object.assign(options, plainOptions(cluster, user)) };
  }
  let loaded: Promise<CredentialSource> | undefined;
  return {
    applyToHTTPSOptions: async (options) => {
      loaded ??= loadConfig(cluster, user);
      await (await loaded).applyToHTTPSOptions(options);
    },
  };
}

async function loadConfig(cluster: Cluster, user: KubeconfigUser): Promise<CredentialSource> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, user);
  return config;
}

function isPlain({ proxyUrl }: Cluster, user: KubeconfigUser): boolean {
  const hasProvider = user.authProvider !== undefined && tokenFileOf(user) === undefined;
  return !proxyUrl && user.exec === undefined && !hasProvider;
}

function tokenFileOf({ authProvider }: KubeconfigUser): string | undefined {
  const file: unknown = authProvider?.name === 'tokenFile' ? authProvider.config?.tokenFile : undefined;
  return typeof file === 'string' ? file : undefined;
}

function plainOptions(cluster: Cluster, user: KubeconfigUser): https.RequestOptions {
  const ca = bytesOf(cluster.caFile, cluster.caData);
  const cert = bytesOf(user.certFile, user.certData);
  const key = bytesOf(user.keyFile, user.keyData);
  const tokenFile = tokenFileOf(user);
  const token = tokenFile === undefined ? user.token : readFileSync(tokenFile, 'utf8');
  return {
    ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}),
    ...(cluster.tlsServerName ? { servername: cluster.tlsServerName } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    ...(user.username ? { auth: `${user.username}:${user.password ?? ''}` } : {}),
  };
}

function bytesOf(file: string | undefined, base64: string | undefined): Buffer | undefined {
  if (file) return readFileSync(file);
  return base64 ? Buffer.from(base64, 'base64') : undefined;
}
