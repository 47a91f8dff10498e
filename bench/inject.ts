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
import { LARGE_POD, MANIFEST, TYPICAL_POD } from './inject-pods';
import { type InjectorTimes, measureEngine, measureWebhook } from './measure-injectors';
import { isMet, type Requirement, toReport } from './report';
import { median, timed } from './sample';
import { untilQuiet } from './until-quiet';

const COUNT = 2_000;
const AT_ONCE = 8;
const RUNS = 10;
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

/** Median wall times of both command lines on one file with one configuration, turn by turn. */
async function measureCommands(testbed: Testbed): Promise<{ readonly own: number; readonly real: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'sidelight-inject-'));
  const file = join(folder, 'hello.json');
  writeFileSync(file, MANIFEST);
  const { admin } = testbed.kubeconfigs;
  const istioctl = join(testbed.programsFolder, 'istioctl');
  const kubeInject = await prepareKubeInject(istioctl, folder, admin, await readTexts(admin, REVISION));
  const [, ...words] = kubeInject.args(file);
  const ownWords = ['inject', ...words.filter((word) => !word.startsWith('--log'))];
  const env = { ...process.env, KUBECONFIG: admin };
  const run = async (program: string, args: readonly string[]) => {
    const { code, errors } = await runProgram(program, args, env);
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors}`);
  };
  const [own, real]: [number[], number[]] = [[], []];
  try {
    for (let at = 0; at < RUNS; at += 1) {
      own.push(await timed(() => run(join(process.cwd(), 'bin', 'sidelight'), ownWords)));
      real.push(await timed(() => run(istioctl, kubeInject.args(file))));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { own: median(own), real: median(real) };
}

function podTable(figures: readonly PodFigures[]): string {
  const row = (name: string, { sample: { p50, p95, p99 }, podsPerSecond, cpuMs }: InjectorTimes) =>
    `| ${[name, ...[podsPerSecond, p50, p95, p99, cpuMs].map(fixed)].join(' | ')} |`;
  return [
    '| | pods per second | p50, ms | p95, ms | p99, ms | CPU per pod, ms |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.flatMap(({ what, engine, oneByOne, atOnce }) => [
      row(`${what}, engine, one core`, engine),
      row(`${what}, istiod, one connection`, oneByOne),
      row(`${what}, istiod, ${AT_ONCE} connections`, atOnce),
    ]),
  ].join('\n');
}

function toRequirements(
  figures: readonly PodFigures[],
  commands: { readonly own: number; readonly real: number },
): Requirement[] {
  const rates = figures.map(({ what, engine, oneByOne, atOnce }) => {
    const beside = Math.max(oneByOne.podsPerSecond, atOnce.podsPerSecond);
    return { what: `${what}, pods per second`, least: Math.ceil(beside), measured: engine.podsPerSecond, beside };
  });
  const typical = figures[0]?.engine.sample.p50 ?? Number.NaN;
  return [
    { what: 'typical pod, p50, ms', most: 1, measured: typical, beside: figures[0]?.oneByOne.sample.p50 ?? Number.NaN },
    ...rates,
    { what: 'inject one file, ms', most: Math.round(commands.real), measured: commands.own, beside: commands.real },
  ];
}

async function main(): Promise<number> {
  if (!existsSync('dist/cli/main.js')) {
    say('bin/sidelight is not built yet: run npm run build first.');
    return 2;
  }
  const testbed = await startTestbed({ name: 'bench-inject', isFresh: true, withIstio: true, say });
  try {
    const idle = await untilQuiet();
    const [load] = loadavg();
    const figures = await measurePods(testbed);
    say('› the command lines …');
    const commands = await measureCommands(testbed);
    const requirements = toRequirements(figures, commands);
    const heads = { measured: 'Sidelight', beside: 'Istio' };
    process.stdout.write(
      `Before the run ${(idle * 100).toFixed(0)}% of the machine were idle, load ${load?.toFixed(1)}.\n\n${podTable(figures)}\n\n`,
    );
    process.stdout.write(`${toReport(requirements, heads)}\n`);
    return requirements.every(isMet) ? 0 : 1;
  } finally {
    await testbed.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof TestbedError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
