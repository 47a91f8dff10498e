// npm run test:real: the tests that need the real cluster of testbed/; says so and ends well where there is no Go.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt, ensureInstalled, root, run, say } from './set-up.mjs';

const script = (name, path) => join(root, 'node_modules', name, path);
const env = { SIDELIGHT_REAL: '1' };

if (spawnSync('go', ['version']).status !== 0) {
  say('There is no go on the PATH, and the real cluster is built from Go modules: its tests are skipped.');
  process.exit(0);
}
ensureInstalled();
const browser = ensureBrowser();
ensureBuilt();
run(process.execPath, [join(root, 'bin', 'run.mjs'), 'testbed/run-testbed.ts', '--build']);
say('› Conformance, scenarios and faults on the real cluster');
run(
  process.execPath,
  [
    script('vitest', 'vitest.mjs'),
    'run',
    '--no-file-parallelism',
    ...(process.argv.length > 2 ? process.argv.slice(2) : ['tests/conformance', 'tests/real']),
  ],
  env,
);
say('› Browser tests on the real cluster');
run(process.execPath, [script('@playwright/test', 'cli.js'), 'test', '-c', 'playwright.real.config.ts'], {
  ...env,
  SIDELIGHT_CHROMIUM: browser,
});
