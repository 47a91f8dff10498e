import 'server-only';
import type http from 'node:http';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { ListSplitter } from './list-splitter';

const CHUNK_BYTES = 64 * 1024;

/** Calls `take` for each item of a list as it comes in; resolves with the list without its items. */
export async function readList(response: http.IncomingMessage, take: (item: unknown) => void): Promise<unknown> {
  const splitter = new ListSplitter();
  for await (const chunk of unpacked(response)) {
    for (const text of splitter.feed(chunk)) take(JSON.parse(text));
  }
  return JSON.parse(splitter.end());
}

/** Unpacking happens on a worker thread, a chunk at a time. */
function unpacked(response: http.IncomingMessage): AsyncIterable<Buffer> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
  // Whoever reads gets the error of either end.
  pipeline(response, gunzip, () => {});
  return gunzip;
}
