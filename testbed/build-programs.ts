import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CACHE_FOLDER, MODULE_FOLDER } from './folders';
import { MODULE_FILES } from './module-files.data';
import { ISTIO_HUB, ISTIO_VERSION, PROGRAM_SOURCES, type ProgramSource } from './programs.data';

const execute = promisify(execFile);
const durationsSchema = z.record(z.string(), z.number());
const DURATIONS_FILE = join(CACHE_FOLDER, 'build-seconds.json');
const LEAST_GO = [1, 26] as const;

/** The testbed cannot run on this machine; the message says why in one line. */
export class TestbedError extends Error {}

const GO_ENV = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly' };

function goEnv(): NodeJS.ProcessEnv {
  return { ...process.env, ...GO_ENV, GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'local' };
}

/** What `go version` says, or why the real programs cannot be built here. */
async function checkGo(): Promise<string> {
  const wanted = `Go ${LEAST_GO.join('.')} or newer`;
  const text = await execute('go', ['env', 'GOVERSION'], { env: goEnv(), cwd: '/' }).then(
    ({ stdout }) => stdout.trim(),
    () => {
      throw new TestbedError(
        `The real cluster is built from Go modules, and there is no go on the PATH: it needs ${wanted}.`,
      );
    },
  );
  const [major = 0, minor = 0] = text.replace(/^go/, '').split('.').map(Number);
  if (major > LEAST_GO[0] || (major === LEAST_GO[0] && minor >= LEAST_GO[1])) return text;
  throw new TestbedError(`The real cluster is built from Go modules and needs ${wanted}; this is ${text}.`);
}

/** The folder of the built programs for the present go.sum. */
async function programsFolder(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(await readFile(join(MODULE_FOLDER, file)));
  return join(CACHE_FOLDER, 'programs', hash.digest('hex').slice(0, 12));
}

/**
 * Builds what is missing of the real programs, and returns the folder that holds them.
 *
 * A build that is cut off leaves what it finished; the next one goes on from there.
 */
export async function buildPrograms(say: (line: string) => void): Promise<string> {
  const folder = await programsFolder();
  const missing = PROGRAM_SOURCES.filter(({ name }) => !existsSync(join(folder, name)));
  const hasFiles = MODULE_FILES.every(({ name }) => existsSync(join(folder, name)));
  if (missing.length === 0 && hasFiles) return folder;
  await checkGo();
  await mkdir(folder, { recursive: true });
  const durations = await readDurations();
  if (missing.length > 0) say(announce(missing, durations));
  for (const [index, source] of missing.entries()) {
    const before = durations[source.name];
    const memory = before === undefined ? '' : `, ${spell(before)} the last time`;
    say(`› ${source.name} (${index + 1} of ${missing.length}${memory}) …`);
    const started = Date.now();
    await buildProgram(source, folder);
    const seconds = Math.round((Date.now() - started) / 1000);
    durations[source.name] = seconds;
    await writeFile(DURATIONS_FILE, `${JSON.stringify(durations, null, 2)}\n`);
    say(`✓ ${source.name} (${spell(seconds)})`);
  }
  await copyModuleFiles(folder);
  return folder;
}

function announce(missing: readonly ProgramSource[], durations: Readonly<Record<string, number>>): string {
  const known = missing.map(({ name }) => durations[name]);
  const total = known.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  const expectation = known.includes(undefined)
    ? 'on two cores about 10 minutes with an empty Go cache'
    : `the last time it took ${spell(total)}`;
  return `Building ${missing.length} real programs from their Go modules, once (${expectation}).`;
}

function spell(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

async function readDurations(): Promise<Record<string, number>> {
  if (!existsSync(DURATIONS_FILE)) return {};
  const parsed = durationsSchema.safeParse(JSON.parse(await readFile(DURATIONS_FILE, 'utf8')));
  return parsed.success ? parsed.data : {};
}

async function buildProgram({ name, importPath, family }: ProgramSource, folder: string): Promise<void> {
  const unfinished = join(folder, `.${name}.${process.pid}`);
  const flags = ['-s', '-w', ...(await versionFlags(family))];
  const args = ['build', '-trimpath', '-ldflags', flags.join(' '), '-o', unfinished, importPath];
  const child = spawn('go', args, { cwd: MODULE_FOLDER, env: goEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
  const endWithUs = () => void child.kill();
  process.once('exit', endWithUs);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk.toString()}`.slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  process.removeListener('exit', endWithUs);
  if (code !== 0) {
    await rm(unfinished, { force: true });
    throw new TestbedError(`go build ${importPath} ended with ${code}:\n${errors.trim()}`);
  }
  await rename(unfinished, join(folder, name));
}

/** The module's own version; a plain build would say v0.0.0-master. */
export async function moduleVersion(path: string): Promise<string> {
  const text = await readFile(join(MODULE_FOLDER, 'go.mod'), 'utf8');
  const version = new RegExp(`^\\s*(?:require )?${path.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) throw new TestbedError(`testbed/go.mod does not require ${path}.`);
  return version;
}

async function versionFlags(family: ProgramSource['family']): Promise<string[]> {
  const set = (variable: string, value: string) => `-X ${variable}=${value}`;
  switch (family) {
    case 'kubernetes': {
      const version = await moduleVersion('k8s.io/kubernetes');
      const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
      return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((at) => [
        set(`${at}.gitVersion`, version),
        set(`${at}.gitMajor`, major),
        set(`${at}.gitMinor`, minor),
        set(`${at}.gitTreeState`, 'clean'),
      ]);
    }
    case 'istio': {
      const at = 'istio.io/istio/pkg/version';
      return [
        set(`${at}.buildVersion`, ISTIO_VERSION),
        set(`${at}.buildTag`, ISTIO_VERSION),
        set(`${at}.buildHub`, ISTIO_HUB),
      ];
    }
    case 'other':
      return [];
  }
}

async function copyModuleFiles(folder: string): Promise<void> {
  const options = { cwd: MODULE_FOLDER, env: goEnv() };
  // Modules are read-only, and so are copies: what is there is not written again.
  for (const { module, path, name } of MODULE_FILES.filter((file) => !existsSync(join(folder, file.name)))) {
    const { stdout } = await execute('go', ['list', '-m', '-f', '{{.Dir}}', module], options);
    await copyFile(join(stdout.trim(), path), join(folder, name));
  }
}
