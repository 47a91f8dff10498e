import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from './command';

export interface ManifestFile {
  /** As the user named it; `-` for standard input. */
  readonly path: string;
  readonly text: string;
}

const EXTENSIONS = /\.(ya?ml|json)$/;

/** Reads the files that the user named: a path, `-` for standard input, or a folder with all manifests below it. */
export function readManifests(paths: readonly string[]): ManifestFile[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ path, text: readFileSync(0, 'utf8') }];
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined)
      throw new InputError(`${path}: there is no such file; -f names a file, a folder, or - for standard input`);
    return stat.isDirectory() ? readFolder(path) : [{ path, text: readInput(path) }];
  });
}

function readFolder(folder: string): ManifestFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => EXTENSIONS.test(name));
  if (names.length === 0) throw new InputError(`${folder}: no file in this folder ends with .yaml, .yml or .json`);
  return names.sort().map((name) => ({ path: join(folder, name), text: readInput(join(folder, name)) }));
}

/** Reads one file; a missing or unreadable one is the user's error. */
export function readInput(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
