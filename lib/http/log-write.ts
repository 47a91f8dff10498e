import 'server-only';
import { logger } from './logger';

/** One write as the log keeps it: who, what, on which object, what stood there, what stands there now, how it ended. */
export interface WriteEntry {
  readonly who: string;
  readonly cluster: string;
  readonly action: string;
  readonly object: string;
  readonly dryRun: boolean;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Runs a write and logs it as one JSON line, also when it fails. */
export async function logWrite<T extends { before: unknown; after: unknown }>(
  entry: WriteEntry,
  write: () => Promise<T>,
): Promise<T> {
  try {
    const result = await write();
    logger.info({ write: { ...entry, before: result.before, after: result.after, outcome: 'done' } }, 'write');
    return result;
  } catch (error) {
    const outcome = error instanceof Error ? error.message : String(error);
    logger.warn({ write: { ...entry, outcome } }, 'write failed');
    throw error;
  }
}
