// npm test: sets up what is missing, then runs unit and route tests, then the browser tests.
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt, ensureInstalled, root, run, say } from './set-up.mjs';

const script = (name, path) => join(root, 'node_modules', name, path);

ensureInstalled();
const browser = ensureBrowser();
ensureBuilt();
say('› Unit and route tests');
run(process.execPath, [script('vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]);
say('› Browser tests');
run(process.execPath, [script('@playwright/test', 'cli.js'), 'test'], { SIDELIGHT_CHROMIUM: browser });
