import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { type JsonObject, type JsonValue, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { answerReview } from './answer-review';
import type { RunningInjector } from './running-injector';

/** `ok` answers; all others are faults that a real control plane can have. */
export type WebhookMode = 'ok' | 'refuse-connection' | 'timeout' | 'error' | 'deny' | 'not-found';

export interface WebhookServer {
  /** Where the API server reaches it, or undefined while nobody listens. */
  readonly address: string | undefined;
  setMode(mode: WebhookMode): Promise<void>;
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 10_000_000;

/** Starts one control plane's injection server on loopback, with a certificate for its Service's names. */
export async function startWebhookServer(
  authority: Authority,
  serviceName: string,
  injectorOf: (serviceName: string) => RunningInjector | undefined,
): Promise<WebhookServer> {
  const host = `${serviceName}.istio-system`;
  const certificate = await issueServerCertificate(authority, {
    dnsNames: [`${host}.svc`, host, `${host}.svc.cluster.local`],
  });
  let mode: WebhookMode = 'ok';
  let port = 0;
  let server: Server | undefined;

  const listen = async () => {
    const fresh = createServer(certificate, (request, response) => {
      if (mode !== 'timeout') void handle(request, response, mode, injectorOf(serviceName));
    });
    await new Promise<void>((resolve, reject) => {
      fresh.once('error', reject);
      fresh.listen(port, '127.0.0.1', resolve);
    });
    port = portOf(fresh.address());
    server = fresh;
  };
  const close = async () => {
    const closing = server;
    server = undefined;
    closing?.closeAllConnections();
    await new Promise<void>((resolve) => (closing === undefined ? resolve() : closing.close(() => resolve())));
  };

  await listen();
  return {
    get address() {
      return server === undefined ? undefined : `https://127.0.0.1:${port}`;
    },
    setMode: async (next) => {
      mode = next;
      if (next === 'refuse-connection') await close();
      else if (server === undefined) await listen();
    },
    stop: close,
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  mode: WebhookMode,
  injector: RunningInjector | undefined,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const body = await readBody(request);
  if (mode === 'not-found' || (path !== '/inject' && !path.startsWith('/inject/')))
    return send(response, 404, '404 page not found\n');
  if (injector === undefined) return send(response, 503, 'this control plane is not installed\n');
  if (mode === 'error') return send(response, 500, 'injection failed: the demo was told to fail\n');
  if (body === undefined || body === '') return send(response, 400, 'no body found\n');
  if (request.headers['content-type'] !== 'application/json') {
    return send(response, 415, 'invalid Content-Type, want `application/json`\n');
  }
  const review = parseJson(body);
  if (review === undefined) return send(response, 400, 'could not decode the request\n');
  const answer = answerReview(review, injector, path);
  response.setHeader('content-type', 'application/json');
  send(response, 200, JSON.stringify(mode === 'deny' ? refused(answer) : answer));
}

function refused(answer: JsonObject): JsonObject {
  const status = { metadata: {}, message: 'refused for a test' };
  return { ...answer, response: { uid: textAt(objectAt(answer, 'response'), 'uid'), allowed: false, status } };
}

function send(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
