import { openStream } from './api-client';
import { ApiError } from './api-error';

/** Cuts a text that arrives in pieces into its lines; what stands behind the last line break waits for the next piece. */
export function createLineCutter(): {
  readonly take: (piece: string) => readonly string[];
  readonly rest: () => string;
} {
  let kept = '';
  return {
    take: (piece) => {
      const lines = (kept + piece).split('\n');
      kept = lines.pop() ?? '';
      return lines.filter((line) => line.trim() !== '');
    },
    rest: () => kept.trim(),
  };
}

function parseLine(path: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ApiError('bad-answer', `The answer to ${path} holds a line that is not JSON.`);
  }
}

/**
 * Reads an answer of our API that comes as one JSON value a line, each as soon as it is there.
 *
 * Throws as getJson does. Aborting `signal`, or leaving the loop, ends the request on the server too.
 */
export async function* streamJson(path: string, signal: AbortSignal): AsyncGenerator<unknown, void, undefined> {
  const body = await openStream(path, signal);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const cutter = createLineCutter();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const line of cutter.take(value)) yield parseLine(path, line);
    }
    const rest = cutter.rest();
    if (rest !== '') yield parseLine(path, rest);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
