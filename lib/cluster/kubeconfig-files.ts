import 'server-only';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { load } from 'js-yaml';
import { z } from 'zod';
import { ClusterError } from './cluster-error';
import { toUser, userSchema } from './kubeconfig-user';

const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority': z.string().nullish(),
  'certificate-authority-data': z.string().nullish(),
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': z.string().nullish(),
  'proxy-url': z.string().nullish(),
});

const contextSchema = z.object({ cluster: z.string(), user: z.string().nullish(), namespace: z.string().nullish() });

const fileSchema = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema.nullish() })).nullish(),
  users: z.array(z.object({ name: z.string(), user: userSchema.nullish() })).nullish(),
  contexts: z.array(z.object({ name: z.string(), context: contextSchema.nullish() })).nullish(),
  'current-context': z.string().nullish(),
});

/** A user with the parts of a kubeconfig that client-node does not keep. */
export interface KubeconfigUser extends User {
  readonly impersonateHeaders: Readonly<Record<string, string | readonly string[]>>;
}

export interface KubeconfigParts {
  readonly clusters: readonly Cluster[];
  readonly users: readonly KubeconfigUser[];
  readonly contexts: readonly Context[];
  readonly currentContext: string;
}

/**
 * Reads kubeconfig files and merges them as kubectl does: the first file that names a cluster, user, context or the
 * current context wins, and a file that does not exist is passed over unless it is the only one.
 */
export function readKubeconfigFiles(files: readonly string[]): KubeconfigParts {
  const parts = files.map((file) => readFile(file, files.length > 1)).filter((part) => part !== undefined);
  return {
    clusters: firstOfEachName(parts.flatMap((part) => part.clusters)),
    users: firstOfEachName(parts.flatMap((part) => part.users)),
    contexts: firstOfEachName(parts.flatMap((part) => part.contexts)),
    currentContext: parts.find((part) => part.currentContext !== '')?.currentContext ?? '',
  };
}

function readFile(file: string, mayBeAbsent: boolean): KubeconfigParts | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isAbsent && mayBeAbsent) return undefined;
    throw new ClusterError('not-found', `Cannot read kubeconfig ${file}: check the path and its permissions.`, {
      cause,
    });
  }
  return parseKubeconfig(text, path.dirname(path.resolve(file)), file);
}

/** Parses one kubeconfig; relative paths in it count from `folder`, `name` stands in messages. */
export function parseKubeconfig(text: string, folder: string, name: string): KubeconfigParts {
  let raw: unknown;
  try {
    raw = load(text) ?? {};
  } catch (cause) {
    throw new ClusterError('invalid', `Kubeconfig ${name} is not YAML: correct it and start again.`, { cause });
  }
  const parsed = fileSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
    throw new ClusterError('invalid', `Kubeconfig ${name} is not valid at ${place}.`, { cause: parsed.error });
  }
  const { clusters, users, contexts } = parsed.data;
  return {
    clusters: (clusters ?? []).flatMap((entry) =>
      entry.cluster ? [toCluster(entry.name, entry.cluster, folder)] : [],
    ),
    users: (users ?? []).map((entry) => toUser(entry.name, entry.user ?? {}, folder)),
    contexts: (contexts ?? []).flatMap((entry) => (entry.context ? [toContext(entry.name, entry.context)] : [])),
    currentContext: parsed.data['current-context'] ?? '',
  };
}

function toCluster(name: string, raw: z.infer<typeof clusterSchema>, folder: string): Cluster {
  const server = raw.server.replace(/\/+$/, '');
  const caData = raw['certificate-authority-data'];
  const caFile = raw['certificate-authority'];
  return {
    name,
    server,
    // client-node refuses plain http unless told that TLS is not verified; there is none to verify.
    skipTLSVerify: raw['insecure-skip-tls-verify'] === true || server.startsWith('http:'),
    // kubectl lets the data win over the file, client-node the other way round.
    ...(caData ? { caData } : caFile ? { caFile: path.resolve(folder, caFile) } : {}),
    ...(raw['tls-server-name'] ? { tlsServerName: raw['tls-server-name'] } : {}),
    ...(raw['proxy-url'] ? { proxyUrl: raw['proxy-url'] } : {}),
  };
}

function toContext(name: string, raw: z.infer<typeof contextSchema>): Context {
  return { name, cluster: raw.cluster, user: raw.user ?? '', ...(raw.namespace ? { namespace: raw.namespace } : {}) };
}

function firstOfEachName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const byName = new Map<string, T>();
  for (const item of items) if (!byName.has(item.name)) byName.set(item.name, item);
  return [...byName.values()];
}
