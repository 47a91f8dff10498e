import { z } from 'zod';
import { injectEngineSchema } from '@/lib/api/inject';

const linkSchema = z.strictObject({
  v: z.literal(1),
  manifests: z.string(),
  revision: z.string(),
  engine: injectEngineSchema,
  namespace: z.string(),
  native: z.boolean().exactOptional(),
});

/** What a link carries. An uploaded ConfigMap is too long for it. */
export type LinkedInput = Omit<z.infer<typeof linkSchema>, 'v'>;

/** Longer addresses are cut by chat programs and mail. */
export const MOST_LINK_CHARACTERS = 8 * 1024;
const KEY = 'm=';
/** A link of this length unpacks to no more, unless someone made it to fill the memory. */
const MOST_TEXT_BYTES = 4 * 1024 * 1024;

/**
 * Writes the input into a fragment, which browsers never send to a server.
 *
 * Output: `#m=…`, compressed; undefined where it would be longer than links may be.
 */
export async function toFragment(input: LinkedInput): Promise<string | undefined> {
  const text = new TextEncoder().encode(JSON.stringify({ v: 1, ...input }));
  const packed = await collect(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  const fragment = `#${KEY}${toBase64Url(packed)}`;
  return fragment.length > MOST_LINK_CHARACTERS ? undefined : fragment;
}

/** Reads a fragment; undefined where it holds no input, null where what it holds cannot be read. */
export async function readFragment(fragment: string): Promise<LinkedInput | null | undefined> {
  if (!fragment.startsWith(`#${KEY}`)) return undefined;
  try {
    const packed = fromBase64Url(fragment.slice(1 + KEY.length));
    const text = await collect(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')));
    const { v: _version, ...input } = linkSchema.parse(JSON.parse(new TextDecoder().decode(text)));
    return input;
  } catch {
    return null;
  }
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_TEXT_BYTES) {
      await reader.cancel();
      throw new RangeError('the link unpacks to more than it may');
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
