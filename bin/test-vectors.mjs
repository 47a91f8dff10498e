// npm run test:vectors: only the tests that walk recorded vectors; a count per family, and the sum on the last line.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureInstalled, root, say } from './set-up.mjs';

/** Tests of vectors have these names; each file is a family. */
const FILES = ['vectors.test.ts', 'goldens.test.ts', 'recorded'];

ensureInstalled();
const vectors = process.env.SIDELIGHT_VECTORS ?? join(root, '..', 'shared');
if (!existsSync(vectors)) {
  say(`There are no vectors at ${vectors}; SIDELIGHT_VECTORS names their folder.`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'sidelight-vectors-'));
const report = join(folder, 'report.json');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', ...FILES, '--reporter=json', `--outputFile=${report}`];
const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (!existsSync(report)) {
  say(`vitest ended with ${done.status} and left no report.`);
  process.exit(1);
}
const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
rmSync(folder, { recursive: true });
let passed = 0;
let failed = 0;
for (const { name, assertionResults, status, message } of testResults) {
  const count = (wanted) => assertionResults.filter((one) => one.status === wanted).length;
  // A file that cannot even be loaded has no tests of its own.
  const broken = status === 'failed' && count('failed') === 0 ? 1 : 0;
  process.stdout.write(`${relative(root, name)}: ${count('passed')} passed, ${count('failed') + broken} failed\n`);
  for (const one of assertionResults.filter((candidate) => candidate.status === 'failed')) {
    process.stdout.write(`  ${one.fullName}\n`);
  }
  if (broken > 0) process.stdout.write(`  ${message.split('\n')[0]}\n`);
  passed += count('passed');
  failed += count('failed') + broken;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
