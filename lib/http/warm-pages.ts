import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { logger } from './logger';

/** From the lightest to the heaviest, so that what they share is loaded bit by bit. */
const PAGES = ['/settings', '/control-planes', '/problems', '/', '/namespaces'];

/** Who waited for the first sync asks now, and comes first. */
const FIRST_QUESTIONS_MS = 1_000;

/**
 * Asks this server for its own pages once. The code of a page is loaded when it is first drawn, in one go of 100 to 200 ms:
 * so no visitor waits for it, and no answer waits behind it.
 */
export async function warmPages(): Promise<void> {
  const { NODE_ENV, PORT, HOSTNAME } = process.env;
  if (NODE_ENV !== 'production' || PORT === undefined) return;
  await pause(FIRST_QUESTIONS_MS, undefined, { ref: false });
  try {
    for (const page of PAGES) await (await fetch(`http://${reachable(HOSTNAME)}:${PORT}${page}`)).text();
  } catch (error) {
    logger.debug({ err: error }, 'pages are loaded when they are first asked for');
  }
}

/** An address to dial for one to listen on. */
function reachable(host = ''): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
