// npm run testbed: sets up what is missing, then runs the real cluster.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, root } from './set-up.mjs';

ensureInstalled();
const child = spawn(
  process.execPath,
  [join(root, 'bin', 'run.mjs'), 'testbed/run-testbed.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 0));
