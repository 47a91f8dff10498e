import 'server-only';
import { statSync } from 'node:fs';

/** Tells whether files were written since. */
export function stampOf(files: readonly string[]): string {
  const stamps = files.map((file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat === undefined ? 'absent' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
  });
  return stamps.join('\n');
}

/**
 * Reads again what files hold, once each time that they changed since `stamp`; undefined when they did not.
 *
 * Also undefined while they cannot be read: a file that is half written, or gone for the moment, is tried again at the
 * next call.
 */
export function createRereader<T>(files: readonly string[], stamp: string, read: () => T): () => T | undefined {
  let seen = stamp;
  return () => {
    const now = stampOf(files);
    if (now === seen) return undefined;
    try {
      const value = read();
      seen = now;
      return value;
    } catch {
      return undefined;
    }
  };
}
