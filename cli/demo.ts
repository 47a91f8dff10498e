import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TEAM_NAMESPACES } from '@/demo/start-demo-cluster';
import type { Command } from './command';
import { CLUSTER_FLAGS, CLUSTER_HELP, startFromFlags } from './demo-cluster';
import { parseFlags, parsePort } from './parse-flags';
import { DEFAULT_PORT } from './start';
import { untilSignal } from './until-signal';

const FLAGS = {
  ...CLUSTER_FLAGS,
  port: { type: 'string', default: DEFAULT_PORT },
  'read-only': { type: 'boolean', default: false },
} as const;

export const demo: Command = {
  name: 'demo',
  summary: 'the demo cluster and the dashboard on it',
  help: `Usage: sidelight demo [flags]

  --port N              where the dashboard listens (${DEFAULT_PORT})
  --read-only           refuse every write
${CLUSTER_HELP}`,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    const port = parsePort(flags.port, '--port');
    const cluster = await startFromFlags(flags);
    const program = fileURLToPath(import.meta.resolve('./main.js'));
    const startArgs = [program, 'start', '--kubeconfig', cluster.kubeconfigPath, '--port', String(port)];
    for (const namespace of TEAM_NAMESPACES) startArgs.push('--namespace', namespace);
    if (flags['read-only']) startArgs.push('--read-only');
    const dashboard = spawn(process.execPath, startArgs, { stdio: ['ignore', 'inherit', 'inherit'] });
    const ended = new Promise<number>((resolve) => dashboard.once('exit', (code) => resolve(code ?? 0)));
    process.stderr.write(`kubectl --kubeconfig ${cluster.kubeconfigPath} get namespaces\n`);
    const code = await Promise.race([ended, untilSignal().then(() => 0)]);
    dashboard.kill('SIGTERM');
    await ended;
    await cluster.stop();
    return code;
  },
};
