import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import { dump, load } from 'js-yaml';
import { ApiError, badRequest } from './api-error';
import { decodeProtobuf } from './decode-protobuf';
import { prefersYaml } from './negotiate-media';
import type { JsonObject } from './object-types';

const LARGEST_BODY = 3 * 1024 * 1024;
/** Answers from this size on are compressed for clients that accept it. Source: k8s.io/apiserver, responsewriters. */
const GZIP_FROM = 128 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const chunk: Buffer = part;
    size += chunk.length;
    if (size > LARGEST_BODY) {
      throw new ApiError('RequestEntityTooLarge', `Request entity too large: limit is ${LARGEST_BODY}`);
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** Reads JSON, YAML or Kubernetes' protobuf, as the content type says. */
export function parseBody(body: Buffer, contentType: string): unknown {
  if (contentType.startsWith('application/vnd.kubernetes.protobuf')) return decodeProtobuf(body);
  const text = body.toString('utf8');
  const isYaml = contentType.includes('yaml');
  if (!isYaml && contentType !== '' && !contentType.includes('json')) {
    throw new ApiError(
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  }
  try {
    return isYaml ? load(text) : JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badRequest(`error decoding the request body: ${why}`);
  }
}

export interface Answer {
  readonly status: number;
  readonly body: JsonObject | string;
  readonly contentType?: string;
  readonly warnings?: readonly string[];
}

function warningHeader(text: string): string {
  return `299 - "${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}"`;
}

/** Warns the client, beside whatever the answer is warned of already. */
export function addWarnings(response: ServerResponse, texts: readonly string[]): void {
  if (texts.length > 0) response.appendHeader('warning', texts.map(warningHeader));
}

export async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  if (response.destroyed) return;
  const { text, contentType } = writeBody(answer, request.headers.accept);
  response.statusCode = answer.status;
  if (answer.status === 204) {
    response.end();
    return;
  }
  response.setHeader('content-type', contentType);
  response.setHeader('cache-control', 'no-cache, private');
  addWarnings(response, answer.warnings ?? []);
  const acceptsGzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  if (!acceptsGzip || text.length < GZIP_FROM) {
    response.end(text);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  response.setHeader('vary', 'Accept-Encoding');
  response.end(await compress(text));
}

function writeBody({ body, contentType }: Answer, accept: string | undefined) {
  if (typeof body === 'string') return { text: body, contentType: contentType ?? 'text/plain' };
  if (contentType === undefined && prefersYaml(accept)) {
    return { text: dump(body, { sortKeys: true, noRefs: true }), contentType: 'application/yaml' };
  }
  return { text: `${JSON.stringify(body)}\n`, contentType: contentType ?? 'application/json' };
}

function compress(text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(text, { level: 1 }, (error, packed) => (error === null ? resolve(packed) : reject(error)));
  });
}
