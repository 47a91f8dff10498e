import 'server-only';
import { ClusterError } from './cluster-error';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

/**
 * Cuts a byte stream into lines of text.
 *
 * Cutting happens on bytes, before decoding, so a character that two chunks share is never torn. Each item holds the
 * lines that one chunk completed; the text after the last newline comes last. Lines come without their line end.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const part of chunks) {
    const chunk = Buffer.isBuffer(part) ? part : Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const last = chunk.subarray(start, end);
      lines.push(decode(pending.length === 0 ? last : Buffer.concat([...pending, last])));
      pending = [];
      pendingBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
      if (pendingBytes > LONGEST_LINE_BYTES) {
        throw new ClusterError(
          'internal',
          `The API server sent a line over ${LONGEST_LINE_BYTES} bytes; giving up on it.`,
        );
      }
    }
    if (lines.length > 0) yield lines;
  }
  if (pendingBytes > 0) yield [decode(Buffer.concat(pending))];
}

function decode(line: Buffer): string {
  const hasReturn = line.length > 0 && line[line.length - 1] === CARRIAGE_RETURN;
  return line.toString('utf8', 0, hasReturn ? line.length - 1 : line.length);
}
