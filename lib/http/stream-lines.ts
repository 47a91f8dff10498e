import 'server-only';
import { logger } from './logger';

const HEADERS = {
  'content-type': 'application/x-ndjson; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // A proxy that collects an answer would hold back its first lines.
  'x-accel-buffering': 'no',
};

/**
 * Answers with values as they come, each as JSON on a line of its own.
 *
 * `open` gets a signal that aborts when the reader goes away. What it throws before the first value is thrown here, so that it
 * can still become an error's answer; later the stream breaks off.
 */
export async function streamLines(
  request: Request,
  open: (signal: AbortSignal) => AsyncGenerator<unknown>,
): Promise<Response> {
  const gone = new AbortController();
  const lines = open(AbortSignal.any([gone.signal, request.signal]));
  let next: Promise<IteratorResult<unknown>> | undefined = Promise.resolve(await lines.next());
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? lines.next());
        next = undefined;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      } catch (error) {
        if (!gone.signal.aborted) logger.error({ err: error }, 'a stream of lines failed');
        controller.error(error);
      }
    },
    async cancel() {
      gone.abort();
      await lines.return(undefined);
    },
  });
  return new Response(stream, { headers: HEADERS });
}
