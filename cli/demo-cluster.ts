import { SCENARIOS, startDemoCluster } from '@/demo/start-demo-cluster';
import type { Command } from './command';
import { UsageError } from './command';
import { parseCount, parseFlags, parsePort } from './parse-flags';
import { untilSignal } from './until-signal';

export const CLUSTER_FLAGS = {
  scenario: { type: 'string', default: 'all' },
  scale: { type: 'string', default: '0' },
  pods: { type: 'string', default: '10' },
  'cluster-port': { type: 'string', default: '0' },
} as const;

export const CLUSTER_HELP = `  --scenario NAME       ${SCENARIOS.join(', ')} (all)
  --scale N             N namespaces more, for load
  --pods M              pods in each of those (10)
  --cluster-port N      where the demo API server listens (any free port)
`;

interface ClusterFlags {
  readonly scenario: string;
  readonly scale: string;
  readonly pods: string;
  readonly 'cluster-port': string;
}

/** Starts the demo cluster as the flags say. */
export function startFromFlags(flags: ClusterFlags) {
  const scenario = SCENARIOS.find((name) => name === flags.scenario);
  if (scenario === undefined) throw new UsageError(`--scenario "${flags.scenario}" is none of ${SCENARIOS.join(', ')}`);
  return startDemoCluster({
    scenario,
    scale: parseCount(flags.scale, '--scale', 0),
    podsPerNamespace: parseCount(flags.pods, '--pods', 1),
    port: parsePort(flags['cluster-port'], '--cluster-port'),
  });
}

export const demoCluster: Command = {
  name: 'demo-cluster',
  summary: 'the demo cluster alone; prints a kubeconfig path that kubectl can use',
  help: `Usage: sidelight demo-cluster [flags]

A small Kubernetes API server on loopback with Istio's injection, for trying things out.
The path of its kubeconfig goes to stdout; contexts: demo, demo-viewer, demo-team.

${CLUSTER_HELP}`,
  async run(args) {
    const cluster = await startFromFlags(parseFlags(args, CLUSTER_FLAGS));
    process.stdout.write(`${cluster.kubeconfigPath}\n`);
    process.stderr.write('The demo cluster runs until Ctrl C.\n');
    await untilSignal();
    await cluster.stop();
    return 0;
  },
};
