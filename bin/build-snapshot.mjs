// Makes the startup snapshot that `sidelight inject` runs from: the same code, loaded and compiled. Without it the command
// works as well, only slower, so that a failure here is a warning. Usage: node bin/build-snapshot.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, say } from './set-up.mjs';

const folder = process.argv[2] ?? join(root, 'dist', 'inject');

// A snapshot has no packages to load and asks no cluster: bin/sidelight runs it only where files are given.
const noCluster = {
  name: 'no-cluster',
  setup({ onResolve }) {
    onResolve({ filter: /\/(read-injector|open-session)$/ }, ({ path }) => ({ path, external: true }));
  },
};

async function bundle(outfile) {
  await build({
    entryPoints: [join(root, 'cli', 'inject-snapshot.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    tsconfig: join(root, 'tsconfig.json'),
    alias: { '@': root, 'server-only': join(root, 'tests', 'empty.ts') },
    plugins: [noCluster],
    logLevel: 'warning',
  });
}

/** The launcher names the flags; V8 takes a snapshot only under those that it was made with. */
function launcherFlags() {
  const [, flags] = /^flags='(.*)'$/m.exec(readFileSync(join(root, 'bin', 'sidelight'), 'utf8')) ?? [];
  if (flags === undefined) throw new Error('bin/sidelight names no flags');
  return flags.split(' ');
}

rmSync(folder, { recursive: true, force: true });
const program = join(folder, 'inject.cjs');
await bundle(program);
const examples = mkdtempSync(join(tmpdir(), 'sidelight-warm-'));
const { NODE_OPTIONS: _options, ...env } = process.env;
const made = spawnSync(
  process.execPath,
  [...launcherFlags(), '--snapshot-blob', join(folder, 'snapshot.blob'), '--build-snapshot', program],
  { env: { ...env, SIDELIGHT_WARM_FOLDER: examples }, encoding: 'utf8' },
);
rmSync(examples, { recursive: true });
if (made.status === 0) writeFileSync(join(folder, 'node'), `${process.execPath}\n${process.version}\n`);
else say(`sidelight inject will start more slowly, this Node makes no snapshot: ${made.stderr.trim().split('\n')[0]}`);
