import { type DemoCluster, type DemoClusterOptions, startDemoCluster } from '@/demo/start-demo-cluster';
import { errorAnswerSchema } from '@/lib/api/answer-parts';
import { type ClusterSettings, configureCluster } from '@/lib/cluster/cluster-settings';
import { closeAllSessions, getSession } from '@/lib/cluster/current-sessions';
import { findRoute } from './find-route';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The HTTP API on a demo cluster: route handlers called as functions, the cluster read over HTTPS. */
export interface TestApi {
  readonly cluster: DemoCluster;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Opens the sessions anew with other settings, as another start of the server would. */
  reconfigure(settings: Omit<ClusterSettings, 'kubeconfigPath'>): Promise<void>;
  stop(): Promise<void>;
}

export async function fetchRoute(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://127.0.0.1:4710${path}`, init);
  const { handlers, params } = await findRoute(new URL(request.url).pathname);
  const handler = request.method === 'POST' ? handlers.POST : handlers.GET;
  if (handler === undefined) throw new Error(`${path} takes no ${request.method}`);
  return handler(request, { params: Promise.resolve(params) });
}

async function ask(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetchRoute(path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

export async function startApi(
  options: DemoClusterOptions = {},
  settings: Omit<ClusterSettings, 'kubeconfigPath'> = {},
): Promise<TestApi> {
  const cluster = await startDemoCluster({ readyDelayMs: 200, ...options });
  const { kubeconfigPath } = cluster;
  configureCluster({ kubeconfigPath, ...settings });
  return {
    cluster,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return ask(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
    },
    reconfigure: async (next) => {
      await closeAllSessions();
      configureCluster({ kubeconfigPath, ...next });
      getSession();
    },
    stop: async () => {
      await closeAllSessions();
      await cluster.stop();
    },
  };
}

/** The error of an answer that has to be one. */
export function errorOf({ body }: Answer) {
  return errorAnswerSchema.parse(body).error;
}
