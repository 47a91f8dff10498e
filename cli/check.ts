import type { ClusterSession } from '@/lib/cluster/session';
import type { Command } from './command';
import { InputError } from './command';
import { openSession } from './open-session';
import { parseFlags } from './parse-flags';

const FLAGS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  quiet: { type: 'boolean', default: false },
} as const;

const RIGHTS = [
  { verb: 'list', group: '', resource: 'namespaces' },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'list', group: 'apps', resource: 'deployments' },
  { verb: 'list', group: 'admissionregistration.k8s.io', resource: 'mutatingwebhookconfigurations' },
  { verb: 'patch', group: '', resource: 'namespaces' },
  { verb: 'patch', group: 'apps', resource: 'deployments' },
] as const;

const TIMEOUT_MS = 10_000;

/** Opens no watch: it asks for the version, and for the rights that the dashboard lives on. */
async function report(session: ClusterSession, isQuiet: boolean): Promise<void> {
  const version = await session.transport.requestJson({ method: 'GET', path: '/version', timeoutMs: TIMEOUT_MS });
  if (isQuiet) return;
  const gitVersion =
    typeof version === 'object' && version !== null && 'gitVersion' in version ? String(version.gitVersion) : 'unknown';
  const identity = await session.whoAmI();
  const lines = [
    `${session.server}  Kubernetes ${gitVersion}`,
    `context ${session.contextName}, user ${identity.name}`,
  ];
  for (const right of RIGHTS) {
    const { allowed } = await session.access.canI(right);
    lines.push(`  ${allowed ? 'may' : 'may not'} ${right.verb} ${right.resource} in the whole cluster`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

export const check: Command = {
  name: 'check',
  summary: 'whether the cluster answers, and what you may read and change there',
  help: `Usage: sidelight check [flags]

  --kubeconfig FILE   this kubeconfig instead of $KUBECONFIG or ~/.kube/config
  --context NAME      this context instead of the current one
  --quiet             only the exit code, and one line if the cluster does not answer
`,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    const session = openSession(flags);
    try {
      await report(session, flags.quiet);
    } catch (error) {
      throw new InputError(error instanceof Error ? error.message : String(error));
    } finally {
      await session.close();
    }
    return 0;
  },
};
