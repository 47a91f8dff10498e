import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './command';

/** Parses flags with node:util; an unknown flag or a missing value is a UsageError in one line. */
export function parseFlags<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error));
  }
}

/** A TCP port from a flag; 0 asks for any free one. */
export function parsePort(text: string, flag: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`${flag} "${text}" is not a port (0-65535)`);
  return port;
}

/** A whole number of at least `least` from a flag. */
export function parseCount(text: string, flag: string, least: number): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : -1;
  if (count < least) throw new UsageError(`${flag} "${text}" is not a whole number of at least ${least}`);
  return count;
}
