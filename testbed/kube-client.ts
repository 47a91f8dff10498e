import http from 'node:http';
import https from 'node:https';
import { load } from 'js-yaml';
import { type KubeconfigParts, readKubeconfigFiles } from '@/lib/cluster/kubeconfig-files';
import { splitLines } from '@/lib/cluster/split-lines';

type QueryValue = string | number | boolean | undefined;

export interface KubeRequest {
  readonly method: string;
  /** As it is sent: nothing in it is resolved or encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly accept?: string;
  /** Of the body; JSON when there is a body and none is given. */
  readonly contentType?: string;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface KubeAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed where the server says that it is JSON or YAML, else the text. */
  readonly body: unknown;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

export type WatchRequest = Pick<KubeRequest, 'path' | 'query' | 'accept' | 'signal'>;

/** A watch that was answered: a stream of events, or the refusal. */
export type OpenedWatch =
  | { readonly isOpen: true; readonly headers: http.IncomingHttpHeaders; readonly events: AsyncIterable<WatchEvent> }
  | { readonly isOpen: false; readonly refusal: KubeAnswer };

/** One user of one cluster. A status is never an error here; only a connection that fails is. */
export interface KubeClient {
  request(request: KubeRequest): Promise<KubeAnswer>;
  openWatch(request: WatchRequest): Promise<OpenedWatch>;
  /** Changes as they come; a refused watch gives one ERROR event with the refusal's Status. */
  watch(request: WatchRequest): AsyncIterable<WatchEvent>;
  close(): void;
}

export interface KubeClientOptions {
  /** Leaves out the user of the context: the server meets a stranger. */
  readonly isAnonymous?: boolean;
}

/** A client for any request at all, with the certificate or token of a kubeconfig's user. */
export function createKubeClient(
  kubeconfigPath: string,
  context?: string,
  options: KubeClientOptions = {},
): KubeClient {
  const { server, agent, headers } = connect(readKubeconfigFiles([kubeconfigPath]), context, options);
  const send = ({ method, path, query = {}, accept, contentType, body, headers: extra, signal }: KubeRequest) => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise<http.IncomingMessage>((resolve, reject) => {
      const outgoing = (server.protocol === 'http:' ? http : https).request(
        {
          agent,
          method,
          hostname: server.hostname,
          port: server.port,
          path: withQuery(`${server.pathname.replace(/\/$/, '')}${path}`, query),
          headers: {
            ...headers,
            accept: accept ?? 'application/json',
            ...(text === undefined
              ? {}
              : { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...extra,
          },
          ...(signal === undefined ? {} : { signal }),
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  };
  const openWatch = async ({ query, ...request }: WatchRequest): Promise<OpenedWatch> => {
    const response = await send({ ...request, method: 'GET', query: { ...query, watch: true } });
    if (response.statusCode !== 200) return { isOpen: false, refusal: await readAnswer(response) };
    return { isOpen: true, headers: response.headers, events: readEvents(response) };
  };
  return {
    request: async (request) => readAnswer(await send(request)),
    openWatch,
    async *watch(request) {
      const opened = await openWatch(request);
      if (opened.isOpen) yield* opened.events;
      else yield { type: 'ERROR', object: opened.refusal.body };
    },
    close: () => agent.destroy(),
  };
}

function connect(
  parts: KubeconfigParts,
  contextName = parts.currentContext,
  { isAnonymous = false }: KubeClientOptions,
) {
  const context = parts.contexts.find(({ name }) => name === contextName);
  const cluster = parts.clusters.find(({ name }) => name === context?.cluster);
  if (cluster === undefined) throw new Error(`The kubeconfig has no context "${contextName}" with a cluster.`);
  const user = isAnonymous ? undefined : parts.users.find(({ name }) => name === context?.user);
  const fromBase64 = (text: string | undefined) => (text === undefined ? undefined : Buffer.from(text, 'base64'));
  const ca = fromBase64(cluster.caData);
  const cert = fromBase64(user?.certData);
  const key = fromBase64(user?.keyData);
  const server = new URL(cluster.server);
  const agent =
    server.protocol === 'http:'
      ? new http.Agent({ keepAlive: true })
      : new https.Agent({
          keepAlive: true,
          rejectUnauthorized: cluster.skipTLSVerify !== true,
          ...(ca === undefined ? {} : { ca }),
          ...(cert === undefined ? {} : { cert }),
          ...(key === undefined ? {} : { key }),
        });
  const headers: Record<string, string> = user?.token === undefined ? {} : { authorization: `Bearer ${user.token}` };
  return { server, agent, headers };
}

function withQuery(path: string, query: Readonly<Record<string, QueryValue>>): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(value)}`],
  );
  return given.length === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${given.join('&')}`;
}

async function readAnswer(response: http.IncomingMessage): Promise<KubeAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const body = parseBody(text, response.headers['content-type'] ?? '');
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function parseBody(text: string, contentType: string): unknown {
  if (text === '') return text;
  if (/\bjson\b/.test(contentType)) return JSON.parse(text);
  return /\byaml\b/.test(contentType) ? load(text) : text;
}

async function* readEvents(response: http.IncomingMessage): AsyncGenerator<WatchEvent> {
  try {
    for await (const lines of splitLines(response)) {
      for (const line of lines.filter((text) => text !== '')) yield toEvent(JSON.parse(line));
    }
  } finally {
    response.destroy();
  }
}

function toEvent(value: unknown): WatchEvent {
  if (typeof value === 'object' && value !== null && 'type' in value && 'object' in value) {
    return { type: String(value.type), object: value.object };
  }
  throw new Error(`Not an event of a watch: ${JSON.stringify(value).slice(0, 200)}`);
}
