import 'server-only';
import { closeAllSessions, getSession } from '@/lib/cluster/current-sessions';
import { closeAllStreams } from '@/lib/cluster/event-stream';
import { logger } from './logger';

declare global {
  var sidelightServerStarted: boolean | undefined;
}

/** Opens the default session and makes the server end within seconds of SIGTERM or SIGINT, open streams or not. */
export function startServer(): void {
  if (globalThis.sidelightServerStarted) return;
  globalThis.sidelightServerStarted = true;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      closeAllStreams();
      void closeAllSessions();
    });
  }
  try {
    getSession();
  } catch (error) {
    logger.error({ err: error }, 'no cluster session');
  }
}
