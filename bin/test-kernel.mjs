// npm run test:kernel: the generated rules in a real kernel. Says in one line why it skips where that cannot be.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, root, run, say } from './set-up.mjs';

const works = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** What is missing here, in words; nothing where the test can run. */
function findObstacle() {
  if (process.platform !== 'linux') return `it needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'it needs root, to make network namespaces and load rules';
  for (const program of [
    'ip',
    'python3',
    'nft',
    'iptables-nft-restore',
    'ip6tables-nft-restore',
    'iptables-legacy-restore',
  ]) {
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined)
      return `there is no ${program} on the PATH`;
  }
  if (!works('unshare', '-n', 'true')) return 'network namespaces are not allowed here';
  for (const tool of ['iptables-nft', 'ip6tables-nft', 'iptables-legacy', 'ip6tables-legacy']) {
    const redirect = ['-t', 'nat', '-A', 'OUTPUT', '-p', 'tcp', '-j', 'REDIRECT', '--to-ports', '1'];
    if (!works('unshare', '-n', tool, ...redirect)) return `the kernel takes no nat rules from ${tool}`;
  }
  return undefined;
}

const obstacle = findObstacle();
if (obstacle !== undefined) {
  say(`The kernel test is skipped: ${obstacle}.`);
  process.exit(0);
}
ensureInstalled();
run(process.execPath, [join(root, 'bin', 'run.mjs'), 'tests/kernel/run-kernel-tests.ts', ...process.argv.slice(2)]);
