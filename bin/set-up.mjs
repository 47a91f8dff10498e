// What a fresh clone lacks: packages, the built product, a browser. Plain Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'cli',
  'demo',
  'package-lock.json',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
];
const LEAST_NODE = 20;

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command in the project's folder, its output shown; ends this process when it fails. */
export function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  if (done.error) {
    say(`Cannot run ${command}: ${done.error.message}`);
    process.exit(1);
  }
  if (done.status !== 0) process.exit(done.status ?? 1);
}

function step(title, work) {
  const started = Date.now();
  say(`› ${title} …`);
  work();
  say(`✓ ${title} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
}

export function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < LEAST_NODE) {
    say(`Sidelight needs Node ${LEAST_NODE} or newer; this is ${process.version}.`);
    process.exit(1);
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.sidelight-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  step('Installing packages (npm ci, about 40 s)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  );
  writeFileSync(stamp, lock);
}

function newestChange(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), 0);
}

export function ensureBuilt() {
  const built = statSync(join(root, 'dist', 'built'), { throwIfNoEntry: false });
  const changed = Math.max(...SOURCES.map((name) => newestChange(join(root, name))));
  if (built !== undefined && built.mtimeMs > changed) return ensureSnapshot();
  step('Building the dashboard (about 40 s)', () => run(process.execPath, [join(root, 'bin', 'build.mjs')]));
}

/** Another Node than the one that built needs a snapshot of its own. */
function ensureSnapshot() {
  const stamp = join(root, 'dist', 'inject', 'node');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') !== `${process.execPath}\n${process.version}\n`)
    run(process.execPath, [join(root, 'bin', 'build-snapshot.mjs')]);
}

/** The browser for tests: `SIDELIGHT_CHROMIUM`, or Debian's, installed by apt-get where that is allowed. */
export function ensureBrowser() {
  const found = [
    process.env.SIDELIGHT_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    step('Installing Chromium for the browser tests (apt-get)', () => {
      run('apt-get', ['update', '-qq']);
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], {
        DEBIAN_FRONTEND: 'noninteractive',
      });
    });
    return '/usr/bin/chromium';
  }
  say(
    'The browser tests need Chromium. Install it (Debian: sudo apt-get install chromium fonts-noto-cjk) or set SIDELIGHT_CHROMIUM to its path.',
  );
  process.exit(1);
}
