import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TestbedError } from './build-programs';

export interface ProgramSettings {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Holds `pids/` and `logs/`; also part of the arguments, which is how a left-over process is known as ours. */
  readonly folder: string;
  /** Answers whether the program serves. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs?: number;
}

const READY_MS = 60_000;
const END_MS = 10_000;
const POLL_MS = 100;
const SETPRIV = '/usr/bin/setpriv';

/** One real program as a process of its own, which ends with this one. */
export class Program {
  readonly name: string;
  readonly #settings: ProgramSettings;
  #child: ChildProcess | undefined;

  constructor(settings: ProgramSettings) {
    this.name = settings.name;
    this.#settings = settings;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get logFile(): string {
    return join(this.#settings.folder, 'logs', `${this.name}.log`);
  }

  /** Starts the program and waits until it serves. */
  async start(): Promise<void> {
    await this.spawn();
    await this.untilReady();
  }

  /** Starts the program without waiting. */
  async spawn(): Promise<void> {
    if (this.isRunning) return;
    const { command, args, env, folder } = this.#settings;
    await mkdir(join(folder, 'pids'), { recursive: true });
    await mkdir(join(folder, 'logs'), { recursive: true });
    const log = await open(this.logFile, 'a');
    // A parent that crashes takes its programs along, where the system can do that.
    const bound = existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', command] : [command];
    const [first = command, ...rest] = bound;
    this.#child = spawn(first, [...rest, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      // A session of its own: Ctrl C in the terminal is for us, who end it in order.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => {
      this.#child?.once('spawn', resolve);
      this.#child?.once('error', reject);
    });
    await log.close();
    await writeFile(pidFile(folder, this.name), String(this.#child.pid));
  }

  async untilReady(): Promise<void> {
    const end = Date.now() + (this.#settings.readyWithinMs ?? READY_MS);
    while (!(await this.#settings.isReady().catch(() => false))) {
      if (!this.isRunning) throw new TestbedError(`${this.name} ended while starting:\n${await this.#lastLines()}`);
      if (Date.now() > end) throw new TestbedError(`${this.name} does not serve:\n${await this.#lastLines()}`);
      await pause(POLL_MS);
    }
  }

  /** Ends the program, by force when it takes too long. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && this.isRunning) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(pidFile(this.#settings.folder, this.name), { force: true });
  }

  /** Stops the process where it stands: its connections stay open and nobody answers. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async #lastLines(): Promise<string> {
    const lines = (await readFile(this.logFile, 'utf8')).trimEnd().split('\n');
    return `${lines.slice(-5).join('\n')}\n(${this.logFile})`;
  }
}

function pidFile(folder: string, name: string): string {
  return join(folder, 'pids', `${name}.pid`);
}

/** Whether the process is one that was started with files of this folder. */
async function isOurs(pid: number, folder: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(folder);
}

/** Ends what an earlier run on this folder left behind, which only happens after a crash. Returns the names. */
export async function endLeftovers(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'pids')).catch(() => []);
  const ended: string[] = [];
  for (const file of files) {
    const pid = Number(await readFile(join(folder, 'pids', file), 'utf8'));
    if (Number.isInteger(pid) && pid > 1 && (await isOurs(pid, folder))) {
      process.kill(pid, 'SIGKILL');
      for (let tries = 0; tries < 100 && (await isOurs(pid, folder)); tries += 1) await pause(POLL_MS);
      ended.push(file.replace(/\.pid$/, ''));
    }
    await rm(join(folder, 'pids', file), { force: true });
  }
  return ended;
}
