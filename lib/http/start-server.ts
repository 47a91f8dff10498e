import 'server-only';
import { setFlagsFromString } from 'node:v8';
import { modelOf } from '@/lib/answers/injection-model';
import { closeAllSessions, getSession } from '@/lib/cluster/current-sessions';
import { closeAllStreams } from '@/lib/cluster/event-stream';
import { logger } from './logger';
import { startMetrics } from './metrics';
import { warmPages } from './warm-pages';

declare global {
  var sidelightServerStarted: boolean | undefined;
}

/** Longer than any answer takes; a browser that keeps a connection and asks again would hold the server for ever. */
const LAST_ANSWERS_MS = 3_000;

/**
 * Lets the heap grow by 40% between two full collections; V8's own choice is up to 300% while the heap is small. With
 * 10,000 pods and ten clients at once the process peaks at 254 MB, with 100% at 289, and answers take as long.
 */
const HEAP_GROWTH = '--heap-growing-percent=40';

/** Opens the default session and makes the server end within seconds of SIGTERM or SIGINT, open streams or not. */
export function startServer(): void {
  if (globalThis.sidelightServerStarted) return;
  globalThis.sidelightServerStarted = true;
  setFlagsFromString(HEAP_GROWTH);
  startMetrics();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      closeAllStreams();
      void closeAllSessions();
      setTimeout(() => process.exit(0), LAST_ANSWERS_MS).unref();
    });
  }
  try {
    void modelOf(getSession()).whenDecided.then(warmPages);
  } catch (error) {
    logger.error({ err: error }, 'no cluster session');
  }
}
