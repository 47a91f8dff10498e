import 'server-only';
import type http from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const gunzip = promisify(zlib.gunzip);

/** The whole answer as text. Unpacking happens on a worker thread, so a big page does not stall the event loop. */
export async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (response.headers['content-encoding'] !== 'gzip') return bytes.toString('utf8');
  return (await gunzip(bytes)).toString('utf8');
}
