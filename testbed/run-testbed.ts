import { parseArgs } from 'node:util';
import { UsageError } from '@/cli/command';
import { parseCount } from '@/cli/parse-flags';
import { untilSignal } from '@/cli/until-signal';
import { SCENARIOS, type ScenarioName } from '@/demo/scenarios/scenario';
import { buildPrograms, TestbedError } from './build-programs';
import { startTestbed, type Testbed } from './start-testbed';

const HELP = `Usage: npm run testbed -- [flags]

A real Kubernetes cluster with real Istio on loopback: kube-apiserver, etcd, controllers, scheduler, three nodes
played by KWOK, two istiods and a tag. The first run builds the programs from their Go modules.

  --build             only build the programs
  --reset             forget what the cluster held
  --scenario NAME     ${SCENARIOS.join(', ')} (empty: Istio alone)
  --scale N           N namespaces more, for load
  --pods M            pods in each of those (10)
`;

const INTERRUPTED = 130;
const say = (line: string) => void process.stderr.write(`${line}\n`);

function report(testbed: Testbed, seconds: number): void {
  const { admin, viewer, team } = testbed.kubeconfigs;
  process.stdout.write(`
The cluster is ready after ${seconds.toFixed(0)} s: ${testbed.url}
  admin          ${admin}
  viewer         ${viewer}
  one namespace  ${team}
  logs           ${testbed.folder}/logs

  ${testbed.programsFolder}/kubectl --kubeconfig ${admin} get pods -A
  bin/sidelight start --kubeconfig ${admin}

It runs until Ctrl C.
`);
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        build: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        scenario: { type: 'string', default: 'empty' },
        scale: { type: 'string', default: '0' },
        pods: { type: 'string', default: '10' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nTry npm run testbed -- --help.`);
  }
}

function readScenario(name: string): ScenarioName {
  const scenario = SCENARIOS.find((candidate) => candidate === name);
  if (scenario === undefined) throw new UsageError(`--scenario "${name}" is none of ${SCENARIOS.join(', ')}.`);
  return scenario;
}

async function main(): Promise<number> {
  const values = readFlags();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.build) {
    await buildPrograms(say);
    return 0;
  }
  const ended = untilSignal();
  const started = Date.now();
  const starting = startTestbed({
    isFresh: values.reset,
    withIstio: true,
    scenario: readScenario(values.scenario),
    scale: parseCount(values.scale, '--scale', 0),
    podsPerNamespace: parseCount(values.pods, '--pods', 1),
    say,
  });
  const testbed = await Promise.race([starting, ended]);
  // What has been started so far ends with this process, or with the next start where the system cannot do that.
  if (testbed === undefined) process.exit(INTERRUPTED);
  report(testbed, (Date.now() - started) / 1000);
  await ended;
  say('Stopping …');
  await testbed.stop();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof TestbedError || error instanceof UsageError)) throw error;
  say(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
