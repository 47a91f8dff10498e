import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { isObject } from './match-value';
import { answerReview } from './webhook-answers';

/** An admission webhook on loopback whose every path behaves in its own way; see `webhook-answers.ts`. */
export interface WebhookServer {
  /** Values for rows: `{webhook}` its address, `{webhookCa}` its CA bundle, `{otherCa}` one that does not fit. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const toBundle = (pem: string) => Buffer.from(pem).toString('base64');

export async function startWebhookServer(): Promise<WebhookServer> {
  const authority = await createAuthority('conformance-webhook-ca');
  const other = await createAuthority('conformance-other-ca');
  const certificate = await issueServerCertificate(authority, { dnsNames: ['localhost'] });
  const sockets = new Set<Socket>();
  const server = createServer(certificate, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Rows break off calls and refuse the certificate on purpose.
  server.on('tlsClientError', () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
  return {
    variables: {
      webhook: `https://${HOST}:${port}`,
      webhookCa: toBundle(authority.certificatePem),
      otherCa: toBundle(other.certificatePem),
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const review: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const asked = isObject(review) && isObject(review.request) ? review.request : {};
  const steps = new URL(request.url ?? '/', 'https://webhook.invalid').pathname.split('/').slice(1);
  const answer = answerReview(steps.map(decodeURIComponent), asked);
  if (answer === 'silence') return;
  if (answer === 'hang-up') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? 'application/json' });
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}
