import { getServers } from 'node:dns';
import { Agent, request } from 'node:https';
import { isIP } from 'node:net';
import type { JsonObject } from './object-types';

/** A webhook call that failed, in the words of the real API server's HTTP client. */
export class WebhookFailure extends Error {}

export interface WebhookRequest {
  /** Where the call really goes. */
  readonly url: URL;
  /** The address that messages show: of the service, not of where it is reached. */
  readonly shownUrl: string;
  /** `host:port` that messages show when the connection is refused. */
  readonly shownAddress: string;
  readonly serverName: string;
  readonly caPem: string | undefined;
  readonly timeoutMs: number;
  readonly body: JsonObject;
}

const HTTP_TEXTS: Readonly<Record<number, string>> = {
  404: 'the server could not find the requested resource',
  401: 'the server has asked for the client to provide credentials',
  405: 'the server does not allow this method on the requested resource',
  409: 'the server reported a conflict',
  422: 'the server rejected our request due to an error in our request',
  429: 'the server has received too many requests and has asked us to try again later',
  503: 'the server is currently unable to handle the request',
  504: 'the server was unable to return a response in the time allotted, but may still be processing the request',
};

// Agents are kept per CA and name so that a burst of pods shares connections; a changed bundle gets a new one.
const agents = new Map<string, Agent>();

function agentFor(caPem: string | undefined, serverName: string): Agent {
  const key = `${serverName} ${caPem ?? ''}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  if (agents.size > 50) agents.clear();
  const agent = new Agent({
    keepAlive: true,
    // Servers are not asked for by address in TLS.
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    ...(caPem === undefined ? {} : { ca: caPem }),
    // An idle connection must not keep the process alive, and a server that stopped must not be asked on an old socket.
    timeout: 5_000,
  });
  agents.set(key, agent);
  return agent;
}

/** Posts an AdmissionReview and returns the text of the answer. Rejects with a `WebhookFailure`. */
export function postReview(call: WebhookRequest): Promise<string> {
  const body = JSON.stringify(call.body);
  return new Promise((resolve, reject) => {
    const fail = (text: string) => reject(new WebhookFailure(`Post "${call.shownUrl}": ${text}`));
    const outgoing = request(
      call.url,
      {
        method: 'POST',
        agent: agentFor(call.caPem, call.serverName),
        headers: {
          'user-agent': 'kube-apiserver-admission',
          'content-type': 'application/json',
          accept: 'application/json, */*',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => fail('unexpected EOF'));
        response.on('end', () => {
          clearTimeout(timer);
          const text = Buffer.concat(parts).toString('utf8');
          const status = response.statusCode ?? 500;
          const contentType = response.headers['content-type'] ?? '';
          if (status >= 300) reject(new WebhookFailure(statusText(status, contentType, text)));
          else if (text !== '') resolve(text);
          else
            reject(
              new WebhookFailure(`0-length response with status code: ${status} and content type: ${contentType}`),
            );
        });
      },
    );
    const timer = setTimeout(() => {
      fail('context deadline exceeded');
      outgoing.destroy();
    }, call.timeoutMs);
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      // A kept connection that the server closed meanwhile says nothing about the server now: Go's client asks again too.
      if (outgoing.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
        postReview(call).then(resolve, reject);
      else fail(failureText(error, call));
    });
    outgoing.end(body);
  });
}

/** Source: k8s.io/apimachinery, pkg/api/errors, NewGenericServerResponse. */
function statusText(status: number, contentType: string, body: string): string {
  const known = HTTP_TEXTS[status];
  if (known !== undefined) return known;
  const said = contentType.startsWith('text/') ? body.trim() : 'unknown';
  if (status === 403) return said;
  if (status < 500) return 'the server rejected our request for an unknown reason';
  return `an error on the server (${JSON.stringify(said)}) has prevented the request from succeeding`;
}

function failureText(error: Error, call: WebhookRequest): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ECONNREFUSED') return `dial tcp ${call.shownAddress}: connect: connection refused`;
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${call.url.hostname} on ${nameServer()}: no such host`;
  if (code === 'ECONNRESET') return 'EOF';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const valid = [...error.message.matchAll(/(?:DNS|IP Address):([^,\s]+)/g)].map((match) => match[1]).join(', ');
    return `tls: failed to verify certificate: x509: certificate is valid for ${valid}, not ${call.serverName}`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
  }
  if (TLS_CODES.has(code)) {
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  }
  if (code === 'EPROTO') return 'http: server gave HTTP response to HTTPS client';
  return error.message;
}

function nameServer(): string {
  const [server = '127.0.0.1'] = getServers();
  return /:\d+$/.test(server) && !server.includes('::') ? server : `${server}:53`;
}

const TLS_CODES: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
]);
