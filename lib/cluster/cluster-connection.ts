import 'server-only';
import http from 'node:http';
import https from 'node:https';
import type { Cluster, Context } from '@kubernetes/client-node';
import { ClusterError, isClusterError } from './cluster-error';
import { type CredentialSource, createCredentialSource } from './credential-source';
import type { KubeconfigUser } from './kubeconfig-files';
import { stampOf } from './reread-files';

/** What one request needs beside its path. */
export interface RequestCredentials {
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

interface CurrentCredentials {
  readonly credentials: Promise<RequestCredentials>;
  readonly since: number;
  until: number;
  isRefused: boolean;
}

type TlsMaterial = Pick<https.AgentOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;

/** A context as a kubeconfig describes it. */
export interface ConnectionParts {
  readonly context: Context;
  readonly cluster: Cluster;
  readonly user: KubeconfigUser;
}

const CREDENTIALS_KEPT_MS = 10_000;
/** Two dozen watches that are refused, again and again, must not have a credential plugin run for each of them. */
const REFUSED_KEPT_MS = 5_000;
const KEEP_ALIVE = { keepAlive: true, keepAliveMsecs: 15_000, scheduling: 'lifo' as const, maxFreeSockets: 16 };

/** One user on one cluster: where to send requests and how to prove who sends them. */
export class ClusterConnection {
  readonly contextName: string;
  readonly clusterName: string;
  readonly userName: string;
  readonly server: URL;
  /** The context's namespace; `default` when it names none. */
  readonly namespace: string;
  /** Called when the kubeconfig came to mean another server or user by this context: what was read so far is not theirs. */
  onMoved: () => void = () => undefined;
  readonly #reread: () => ConnectionParts | undefined;
  #cluster: Cluster;
  #user: KubeconfigUser;
  #source: CredentialSource;
  #current: CurrentCredentials | undefined;
  #stamp: string;
  #agent: { readonly key: string; readonly agent: http.Agent } | undefined;

  /** `reread` gives the context as it stands in the kubeconfig now, if that changed since the last call. */
  constructor(
    { context, cluster, user }: ConnectionParts,
    reread: () => ConnectionParts | undefined = () => undefined,
  ) {
    this.#reread = reread;
    this.contextName = context.name;
    this.clusterName = cluster.name;
    this.userName = user.name;
    this.server = parseServer(cluster);
    this.namespace = context.namespace ?? 'default';
    this.#cluster = cluster;
    this.#user = user;
    this.#source = this.#newSource();
    this.#stamp = stampOf(filesOf(cluster, user));
  }

  /**
   * The agent and headers for a request made now. The kubeconfig and the files that it names count as soon as they
   * change; plugins are asked again when their answer expires or was refused.
   */
  credentials(): Promise<RequestCredentials> {
    this.#refresh();
    if (this.#current !== undefined && this.#current.until > Date.now()) return this.#current.credentials;
    if (this.#current?.isRefused) this.#source = this.#newSource();
    const credentials = this.#resolve();
    const since = Date.now();
    this.#current = { since, until: since + CREDENTIALS_KEPT_MS, isRefused: false, credentials };
    credentials.catch(() => this.forgetCredentials());
    return credentials;
  }

  /** Notes that the last credentials did not serve; soon they are asked for anew. */
  forgetCredentials(): void {
    if (this.#current === undefined) return;
    this.#current.isRefused = true;
    this.#current.until = this.#current.since + REFUSED_KEPT_MS;
  }

  /** Closes the connections that no request uses: nobody knows whether they still lead anywhere. */
  dropIdle(): void {
    for (const sockets of Object.values(this.#agent?.agent.freeSockets ?? {})) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }

  close(): void {
    this.#agent?.agent.destroy();
    this.#agent = undefined;
  }

  #refresh(): void {
    const now = this.#reread();
    const cluster = now?.cluster ?? this.#cluster;
    const user = now?.user ?? this.#user;
    if (cluster.server !== this.#cluster.server || !isSameUser(user, this.#user)) {
      this.onMoved();
      return;
    }
    const stamp = stampOf(filesOf(cluster, user));
    const isSame = () => JSON.stringify([cluster, user]) === JSON.stringify([this.#cluster, this.#user]);
    if (stamp === this.#stamp && (now === undefined || isSame())) return;
    this.#cluster = cluster;
    this.#user = user;
    this.#stamp = stamp;
    this.#source = this.#newSource();
    this.#current = undefined;
  }

  async #resolve(): Promise<RequestCredentials> {
    // client-node 2.0.1 mistakes the lifetime of a refreshed OpenID token for its end; a new instance reads the token.
    if (this.#user.authProvider?.name === 'oidc') this.#source = this.#newSource();
    const options: https.RequestOptions = {};
    try {
      await this.#source.applyToHTTPSOptions(options);
    } catch (cause) {
      throw isClusterError(cause) ? cause : this.#credentialsFailed(cause);
    }
    const headers: Record<string, string | readonly string[]> = { ...this.#user.impersonateHeaders };
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      // Token files end in a newline more often than not.
      if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value).trim();
    }
    if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    return { agent: this.#agentFor(options), headers };
  }

  #agentFor(options: https.RequestOptions): http.Agent {
    const material: TlsMaterial = {
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.cert === undefined ? {} : { cert: options.cert }),
      ...(options.key === undefined ? {} : { key: options.key }),
      ...(options.servername === undefined ? {} : { servername: options.servername }),
      ...(options.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: options.rejectUnauthorized }),
    };
    const key = JSON.stringify(Object.values(material).map(String));
    if (this.#agent?.key === key) return this.#agent.agent;
    // Watches on the old agent keep their sockets until they end; only idle ones are let go.
    const old = this.#agent?.agent;
    if (old !== undefined) setTimeout(() => old.destroy(), 600_000).unref();
    const agent = this.#newAgent(material, options.agent);
    this.#agent = { key, agent };
    return agent;
  }

  #newAgent(material: TlsMaterial, proxied: https.RequestOptions['agent']): http.Agent {
    if (this.#cluster.proxyUrl && proxied instanceof http.Agent) {
      // client-node keeps one proxy agent per instance: the next certificate needs a new instance.
      this.#source = this.#newSource();
      return Object.assign(proxied, { keepAlive: true, keepAliveMsecs: KEEP_ALIVE.keepAliveMsecs });
    }
    return this.server.protocol === 'http:'
      ? new http.Agent(KEEP_ALIVE)
      : new https.Agent({ ...KEEP_ALIVE, ...material });
  }

  #newSource(): CredentialSource {
    return createCredentialSource(this.#cluster, this.#user);
  }

  #credentialsFailed(cause: unknown): ClusterError {
    const command = this.#user.exec?.command;
    const text = cause instanceof Error ? cause.message.trim() : String(cause);
    const source = typeof command === 'string' ? `the credential plugin "${command}"` : 'the stored credentials';
    const message = `User "${this.userName}" could not sign in with ${source}: ${text}. Renew them and try again.`;
    return new ClusterError('unauthorized', message, { cause });
  }
}

/** Of certificates and tokens, where the kubeconfig does not hold them itself. */
function filesOf({ caFile }: Cluster, { certFile, keyFile, authProvider }: KubeconfigUser): string[] {
  const tokenFile: unknown = authProvider?.config?.tokenFile;
  return [caFile, certFile, keyFile, tokenFile].filter((file) => typeof file === 'string');
}

function isSameUser(one: KubeconfigUser, other: KubeconfigUser): boolean {
  const whoOf = ({ name, impersonateHeaders }: KubeconfigUser) => JSON.stringify([name, impersonateHeaders]);
  return whoOf(one) === whoOf(other);
}

function parseServer(cluster: Cluster): URL {
  try {
    const server = new URL(cluster.server);
    if (server.protocol === 'https:' || server.protocol === 'http:') return server;
  } catch {
    // Told below, with what was written.
  }
  const message = `Cluster "${cluster.name}" has server "${cluster.server}", which is not an http or https address.`;
  throw new ClusterError('invalid', message);
}
