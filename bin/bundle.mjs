// Bundles one TypeScript program for Node into a folder; packages stay in node_modules, dynamic imports load when met.
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './set-up.mjs';

export async function bundle(entry, outdir) {
  await build({
    entryPoints: [entry],
    outdir,
    splitting: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    tsconfig: join(root, 'tsconfig.json'),
    alias: { '@': root, 'server-only': join(root, 'tests', 'empty.ts') },
    logLevel: 'warning',
  });
}
