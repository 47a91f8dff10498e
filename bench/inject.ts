import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { TestbedError } from '@/testbed/build-programs';
import { createKubeClient } from '@/testbed/kube-client';
import { openWebhook } from '@/testbed/open-webhook';
import { ISTIO_VERSION } from '@/testbed/programs.data';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { openRealInjector, readTexts } from '@/tests/real/engine/real-injector';
import { prepareKubeInject, runProgram } from '@/tests/real/engine/run-kube-inject';
import { type EngineFigures, measureAlone } from './inject-alone';
import { LARGE_POD, manifestOf, TYPICAL_POD } from './inject-pods';
import { type InjectorTimes, measureEngine, measureWebhook } from './measure-injectors';
import { isMet, type Requirement, toReport } from './report';
import { median, timed } from './sample';
import { untilQuiet } from './until-quiet';

const COUNT = 2_000;
const AT_ONCE = 8;
/** Files of so many workloads, each injected so many times by each command line. */
const FILES = [
  { workloads: 1, runs: 20 },
  { workloads: 50, runs: 10 },
  { workloads: 500, runs: 5 },
] as const;
const REVISION = 'default';
const PODS = [
  { pod: TYPICAL_POD, what: 'typical pod' },
  { pod: LARGE_POD, what: 'large pod' },
] as const;

const say = (line: string) => void process.stderr.write(`${line}\n`);
const fixed = (value: number) => value.toFixed(value < 10 ? 2 : 0);

interface PodFigures {
  readonly what: string;
  readonly engine: InjectorTimes;
  readonly oneByOne: InjectorTimes;
  readonly atOnce: InjectorTimes;
}

async function measurePods(testbed: Testbed): Promise<PodFigures[]> {
  const { admin } = testbed.kubeconfigs;
  const client = createKubeClient(admin);
  const one = await openWebhook(client, 'istio-sidecar-injector', 1);
  const many = await openWebhook(client, 'istio-sidecar-injector', AT_ONCE);
  const pid = testbed.istio.programs.get(REVISION)?.pid;
  if (pid === undefined) throw new Error('istiod does not run');
  const options = { revision: REVISION, version: ISTIO_VERSION, engine: 'webhook' } as const;
  const engine = openRealInjector(await readTexts(admin, REVISION), options);
  try {
    const figures: PodFigures[] = [];
    for (const { pod, what } of PODS) {
      say(`› ${what}: the engine, the webhook one by one, the webhook with ${AT_ONCE} at once …`);
      figures.push({
        what,
        engine: measureEngine(engine, pod, COUNT),
        oneByOne: await measureWebhook(one, pod, { count: COUNT, atOnce: 1, pid }),
        atOnce: await measureWebhook(many, pod, { count: COUNT, atOnce: AT_ONCE, pid }),
      });
    }
    return figures;
  } finally {
    one.close();
    many.close();
    client.close();
  }
}

interface CommandTimes {
  readonly workloads: number;
  readonly own: number;
  readonly real: number;
}

/** Median wall times of both command lines on the same files with one configuration, turn by turn; and of Node alone. */
async function measureCommands(testbed: Testbed): Promise<{ readonly files: CommandTimes[]; readonly node: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'sidelight-inject-'));
  const { admin } = testbed.kubeconfigs;
  const istioctl = join(testbed.programsFolder, 'istioctl');
  const kubeInject = await prepareKubeInject(istioctl, folder, admin, await readTexts(admin, REVISION));
  const env = { ...process.env, KUBECONFIG: admin };
  const run = async (program: string, args: readonly string[]) => {
    const { code, errors } = await runProgram(program, args, env);
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors}`);
  };
  const measureFile = async (workloads: number, runs: number): Promise<CommandTimes> => {
    const file = join(folder, `${workloads}.yaml`);
    writeFileSync(file, manifestOf(workloads));
    const [, ...words] = kubeInject.args(file);
    const ownWords = ['inject', ...words.filter((word) => !word.startsWith('--log'))];
    const [own, real]: [number[], number[]] = [[], []];
    for (let at = 0; at < runs; at += 1) {
      own.push(await timed(() => run(join(process.cwd(), 'bin', 'sidelight'), ownWords)));
      real.push(await timed(() => run(istioctl, kubeInject.args(file))));
    }
    return { workloads, own: median(own), real: median(real) };
  };
  try {
    const files: CommandTimes[] = [];
    for (const { workloads, runs } of FILES) files.push(await measureFile(workloads, runs));
    const bare: number[] = [];
    for (let at = 0; at < FILES[0].runs; at += 1) bare.push(await timed(() => run(process.execPath, ['-e', '0'])));
    return { files, node: median(bare) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const HEAD = [
  '| | pods per second | p50, ms | p95, ms | p99, ms | CPU per pod, ms |',
  '| --- | --- | --- | --- | --- | --- |',
];

function timesRow(name: string, { sample: { p50, p95, p99 }, podsPerSecond, cpuMs }: InjectorTimes): string {
  return `| ${[name, ...[podsPerSecond, p50, p95, p99, cpuMs].map(fixed)].join(' | ')} |`;
}

function aloneTable(figures: readonly EngineFigures[]): string {
  return [...HEAD, ...figures.map(({ what, engine }) => timesRow(what, engine))].join('\n');
}

function podTable(figures: readonly PodFigures[]): string {
  const rows = figures.flatMap(({ what, engine, oneByOne, atOnce }) => [
    timesRow(`${what}, engine, one core`, engine),
    timesRow(`${what}, istiod, one connection`, oneByOne),
    timesRow(`${what}, istiod, ${AT_ONCE} connections`, atOnce),
  ]);
  return [...HEAD, ...rows].join('\n');
}

function typicalRequirement(figures: readonly EngineFigures[], beside?: number): Requirement[] {
  const { engine } = figures[0] ?? {};
  const measured = engine?.sample.p50 ?? Number.NaN;
  return [{ what: 'typical pod, p50, ms', most: 1, measured, ...(beside === undefined ? {} : { beside }) }];
}

function toRequirements(figures: readonly PodFigures[], commands: readonly CommandTimes[]): Requirement[] {
  const rates = figures.map(({ what, engine, oneByOne, atOnce }) => {
    const beside = Math.max(oneByOne.podsPerSecond, atOnce.podsPerSecond);
    return { what: `${what}, pods per second`, least: Math.ceil(beside), measured: engine.podsPerSecond, beside };
  });
  const files = commands.map(({ workloads, own, real }) => ({
    what: `inject a file of ${workloads}, ms`,
    most: Math.round(real),
    measured: own,
    beside: real,
  }));
  return [...typicalRequirement(figures, figures[0]?.oneByOne.sample.p50), ...rates, ...files];
}

/** Beside the real programs; needs Go, and the built product. */
async function compare(): Promise<readonly Requirement[]> {
  const testbed = await startTestbed({ name: 'bench-inject', isFresh: true, withIstio: true, say });
  try {
    const idle = await untilQuiet();
    const [load] = loadavg();
    const figures = await measurePods(testbed);
    say('› the command lines …');
    const { files, node } = await measureCommands(testbed);
    const requirements = toRequirements(figures, files);
    process.stdout.write(
      `Before the run ${(idle * 100).toFixed(0)}% of the machine were idle, load ${load?.toFixed(1)}.\n\n${podTable(figures)}\n\n`,
    );
    process.stdout.write(`${toReport(requirements, { measured: 'Sidelight', beside: 'Istio' })}\n\n`);
    process.stdout.write(`Node itself, with nothing to run, takes ${node.toFixed(0)} ms.\n`);
    return requirements;
  } finally {
    await testbed.stop();
  }
}

async function main(): Promise<number> {
  const isAlone = process.argv.includes('--alone');
  if (!isAlone && !existsSync('dist/cli/main.js')) {
    say('bin/sidelight is not built yet: run npm run build first.');
    return 2;
  }
  say('› the engine alone …');
  const alone = measureAlone(COUNT);
  process.stdout.write(`${aloneTable(alone)}\n\n`);
  const requirements = isAlone ? typicalRequirement(alone) : await compare();
  if (isAlone) process.stdout.write(`${toReport(requirements)}\n`);
  return requirements.every(isMet) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof TestbedError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
