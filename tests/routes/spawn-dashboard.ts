import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `npm run build` was run: without it there is no server to start. */
export const IS_BUILT = existsSync(join(process.cwd(), 'dist', 'built'));

export interface SpawnedProgram {
  readonly pid: number;
  /** What it printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** Asks it to end and waits until it did. */
  stop(): Promise<void>;
}

/** Runs bin/sidelight; resolves with the text that `ready` found in what it printed. */
export async function spawnSidelight(
  args: readonly string[],
  ready: RegExp,
  timeoutMs = 30_000,
): Promise<SpawnedProgram & { readonly found: string }> {
  const program = join(process.cwd(), 'bin', 'sidelight');
  const env = { ...process.env, NODE_ENV: 'production' as const };
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const found = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), timeoutMs);
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`sidelight ${args[0]} ${what}: ${output}`));
    };
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const match = ready.exec(output)?.[1];
      if (match === undefined) return;
      clearTimeout(timer);
      resolve(match);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
  return { ...toProgram(child, () => output, ended), found };
}

function toProgram(child: ChildProcess, output: () => string, ended: Promise<number | null>): SpawnedProgram {
  return {
    pid: child.pid ?? 0,
    output,
    ended,
    signal: (name) => child.kill(name),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The built dashboard on a cluster; `found` is its address. */
export function spawnDashboard(kubeconfigPath: string, flags: readonly string[] = []) {
  const args = ['start', '--kubeconfig', kubeconfigPath, '--port', '0', ...flags];
  return spawnSidelight(args, /Sidelight is ready: (http:\S+)/);
}
