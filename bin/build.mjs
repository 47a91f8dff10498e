// Builds the dashboard (Next.js, standalone) and bundles the command line, so that bin/sidelight needs no loader.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { root, run } from './set-up.mjs';

run(process.execPath, [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build']);
const standalone = join(root, '.next', 'standalone');
cpSync(join(root, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
await bundle(join(root, 'cli', 'main.ts'), join(root, 'dist', 'cli'));
run(process.execPath, [join(root, 'bin', 'build-snapshot.mjs')]);
await bundle(join(root, 'lib', 'worker', 'render-worker.ts'), join(root, 'dist', 'worker'));
writeFileSync(join(root, 'dist', 'built'), '');
