import type { Command } from './command';
import { InputError, UsageError } from './command';

/** Runs one command on its words: prints help where it is asked for, turns what it throws into a line and an exit code. */
export async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`sidelight ${command.name}: ${message.split('\n')[0]}\n`);
    if (error instanceof UsageError) {
      process.stderr.write(`sidelight ${command.name} --help explains the flags\n`);
      return 2;
    }
    if (error instanceof InputError) return 1;
    if (process.env.SIDELIGHT_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}
