import { afterEach, expect, it, vi } from 'vitest';
import { createLineCutter, streamJson } from './stream-json';

it.each<[name: string, pieces: readonly string[], lines: readonly string[], rest: string]>([
  ['gives whole lines at once', ['{"a":1}\n{"a":2}\n'], ['{"a":1}', '{"a":2}'], ''],
  ['waits for the end of a line that comes in pieces', ['{"a"', ':1', '}\n{"b":2}\n'], ['{"a":1}', '{"b":2}'], ''],
  ['skips empty lines, which keep a connection open', ['\n\n{"a":1}\n \n'], ['{"a":1}'], ''],
  ['keeps what has no end yet', ['{"a":1}\n{"b"'], ['{"a":1}'], '{"b"'],
])('%s', (_name, pieces, lines, rest) => {
  const cutter = createLineCutter();
  expect(pieces.flatMap((piece) => cutter.take(piece))).toEqual(lines);
  expect(cutter.rest()).toBe(rest);
});

/** An answer whose bytes are cut anywhere, also inside a letter. */
function answer(text: string, cut: number, init?: ResponseInit): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.length; from += cut) controller.enqueue(bytes.slice(from, from + cut));
      controller.close();
    },
  });
  return new Response(body, init);
}

async function readAll(signal = new AbortController().signal): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of streamJson('/api/v1/x', signal)) values.push(value);
  return values;
}

afterEach(() => vi.unstubAllGlobals());

it.each([1, 2, 3, 7, 1_000])('reads values from pieces of %i bytes', async (cut) => {
  vi.stubGlobal('fetch', async () => answer('{"name":"注入"}\n{"name":"b"}', cut));
  expect(await readAll()).toEqual([{ name: '注入' }, { name: 'b' }]);
});

it('throws what the server said where it refuses', async () => {
  const text = JSON.stringify({ error: { code: 'forbidden', message: 'No.', details: { right: 'get x' } } });
  vi.stubGlobal('fetch', async () => answer(text, 100, { status: 403 }));
  await expect(readAll()).rejects.toMatchObject({ code: 'forbidden', status: 403, details: { right: 'get x' } });
});

it('says so when a line is broken', async () => {
  vi.stubGlobal('fetch', async () => answer('{"a":1}\n{"a"\n', 100));
  await expect(readAll()).rejects.toMatchObject({ code: 'bad-answer' });
});

it('ends the request when its reader leaves', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('{"a":1}\n')),
    cancel: () => {
      isCancelled = true;
    },
  });
  vi.stubGlobal('fetch', async () => new Response(body));
  for await (const value of streamJson('/api/v1/x', new AbortController().signal)) {
    expect(value).toEqual({ a: 1 });
    break;
  }
  expect(isCancelled).toBe(true);
});
