/** One command of bin/sidelight. `run` answers the exit code: 0 done, 1 the input is at fault, 2 usage; `explain` has 3 as well. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  run(args: readonly string[]): Promise<number>;
}

/** Thrown by a command for input that is at fault: printed as one line, exit code 1. */
export class InputError extends Error {}

/** Thrown for a wrong flag or argument: printed with a pointer to --help, exit code 2. */
export class UsageError extends Error {}
