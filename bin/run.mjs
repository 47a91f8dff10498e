// Runs a TypeScript program of this project: node bin/run.mjs bench/namespaces.ts [arguments]
import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { bundle } from './bundle.mjs';
import { root } from './set-up.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('usage: node bin/run.mjs FILE.ts [arguments]\n');
  process.exit(2);
}
const outdir = join(root, 'dist', 'run');
await bundle(join(root, entry), outdir);
const outfile = join(outdir, `${basename(entry, '.ts')}.js`);
const child = spawn(process.execPath, ['--enable-source-maps', outfile, ...args], { stdio: 'inherit', cwd: root });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
