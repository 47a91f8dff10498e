import { version } from '@/package.json';
import type { Command } from './command';
import { runCommand } from './run-command';

/** Each command is loaded when it is asked for, so that --help does not wait for a Kubernetes client. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start')).start,
  check: async () => (await import('./check')).check,
  demo: async () => (await import('./demo')).demo,
  inject: async () => (await import('./inject')).inject,
  explain: async () => (await import('./explain')).explain,
  uninject: async () => (await import('./uninject')).uninject,
  capture: async () => (await import('./capture')).capture,
  trace: async () => (await import('./trace')).trace,
  'demo-cluster': async () => (await import('./demo-cluster')).demoCluster,
};

async function overview(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const rows = commands.map((command) => `  ${command.name.padEnd(14)}${command.summary}`);
  return [
    'Sidelight shows what Istio sidecar injection does to a Kubernetes cluster, and why.',
    '',
    'Usage: sidelight COMMAND [flags]',
    '',
    ...rows,
    '',
    'sidelight COMMAND --help explains one command. sidelight --version prints the version.',
    '',
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`sidelight: no command "${name}"; sidelight --help lists them\n`);
    return 2;
  }
  return runCommand(await load(), args);
}

process.exitCode = await main(process.argv.slice(2));
