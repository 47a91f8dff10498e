import { homedir } from 'node:os';
import { join } from 'node:path';

/** Everything that the testbed keeps lies here, outside the checkout: `$XDG_CACHE_HOME/sidelight/testbed`. */
export const CACHE_FOLDER = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sidelight', 'testbed');

/** The Go module that names the real programs. */
export const MODULE_FOLDER = join(process.cwd(), 'testbed');

/** Data, certificates, logs and process ids of one cluster. */
export function runFolder(name: string): string {
  return join(CACHE_FOLDER, 'run', name);
}
