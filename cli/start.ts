import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './command';
import { InputError } from './command';
import { parseFlags, parsePort } from './parse-flags';
import { serveDashboard } from './serve-dashboard';

export const DEFAULT_PORT = '4710';

const FLAGS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  port: { type: 'string', default: DEFAULT_PORT },
  host: { type: 'string', default: '127.0.0.1' },
  'allowed-host': { type: 'string', multiple: true },
  namespace: { type: 'string', multiple: true },
  'read-only': { type: 'boolean', default: false },
} as const;

const HELP = `Usage: sidelight start [flags]

The dashboard on a cluster: the current kubeconfig, or inside a pod its service account.

  --kubeconfig FILE     this kubeconfig instead of $KUBECONFIG or ~/.kube/config
  --context NAME        this context instead of the current one
  --port N              where to listen (${DEFAULT_PORT}; 0 takes any free port)
  --host ADDRESS        address to bind (127.0.0.1)
  --allowed-host NAME   a further name under which browsers may reach it; repeatable
  --namespace NAME      a namespace that you may read where you may not list them; repeatable
  --read-only           refuse every write, whoever asks
`;

/** Asks the cluster in a process of its own: the Kubernetes client is large, and the server has its own copy. */
function checkCluster(flags: { kubeconfig?: string | undefined; context?: string | undefined }): void {
  const args = [fileURLToPath(import.meta.resolve('./main.js')), 'check', '--quiet'];
  if (flags.kubeconfig !== undefined) args.push('--kubeconfig', flags.kubeconfig);
  if (flags.context !== undefined) args.push('--context', flags.context);
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (done.status !== 0)
    throw new InputError(done.stderr.trim().replace(/^sidelight check: /, '') || 'the cluster did not answer');
}

export const start: Command = {
  name: 'start',
  summary: 'the dashboard on the current kubeconfig, or on the pod’s service account',
  help: HELP,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    const port = parsePort(flags.port, '--port');
    checkCluster(flags);
    const address = await serveDashboard({
      host: flags.host,
      port,
      ...(flags.kubeconfig === undefined ? {} : { kubeconfig: resolve(flags.kubeconfig) }),
      ...(flags.context === undefined ? {} : { context: flags.context }),
      namespaces: flags.namespace ?? [],
      readOnly: flags['read-only'],
      allowedHosts: flags['allowed-host'] ?? [],
    });
    process.stdout.write(`Sidelight is ready: ${address}\n`);
    return 0;
  },
};
