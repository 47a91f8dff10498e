import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import config from '@/playwright.config';
import { TestbedError } from '@/testbed/build-programs';
import { startTestbed } from '@/testbed/start-testbed';
import { spawnDashboard } from '@/tests/routes/spawn-dashboard';
import { type ClusterFacts, toClusterReport, toRequirements } from './cluster-report';
import { createLabelWriter } from './cluster-writer';
import { HttpClient } from './http-client';
import { measureInformers } from './measure-informers';
import { measureLabelChange } from './measure-label-change';
import { measureLists } from './measure-lists';
import { measureSync } from './measure-server';
import { isMet } from './report';
import { sampleText, toMs } from './sample';
import { readCpuSeconds, readLongestStallMs, readMemory } from './server-facts';
import { untilQuiet } from './until-quiet';

const HELP = `Usage: npm run bench:cluster -- [flags]

Measures the built dashboard on a real cluster with 1,000 namespaces and 10,000 pods, and beside it a client that
holds the same objects through the informers of @kubernetes/client-node. Prints the tables of docs/performance.md;
exit code 1 when a figure misses its target.

  --fresh             fill the cluster anew; else what the last run left is measured again
  --namespaces N      how many (1000)
  --pods M            pods in each (10)
`;

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** What was started, stopped in reverse order, whichever way the run ends. */
class Cleanup {
  readonly #steps: (() => Promise<unknown> | unknown)[] = [];

  add(step: () => Promise<unknown> | unknown): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        say(`While stopping: ${String(error)}`);
      }
    }
  }
}

/** Runs the measurement; answers the exit code. */
export async function benchCluster(
  args: readonly string[],
  informerArgs: (kubeconfigPath: string) => readonly string[],
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: { type: 'boolean', default: false },
      namespaces: { type: 'string', default: '1000' },
      pods: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const cleanup = new Cleanup();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanup.run().finally(() => process.exit(130)));
  }
  try {
    const testbed = await startTestbed({
      name: 'bench',
      isFresh: values.fresh,
      withIstio: true,
      scenario: 'empty',
      scale: Number(values.namespaces),
      podsPerNamespace: Number(values.pods),
      say,
    });
    cleanup.add(() => testbed.stop());
    return await measureAndReport(testbed.kubeconfigs.admin, informerArgs(testbed.kubeconfigs.admin), cleanup);
  } catch (error) {
    if (!(error instanceof TestbedError)) throw error;
    say(error.message);
    return 1;
  } finally {
    await cleanup.run();
  }
}

async function measureAndReport(
  kubeconfigPath: string,
  informerArgs: readonly string[],
  cleanup: Cleanup,
): Promise<number> {
  const idleShare = await untilQuiet();
  // Playwright would end this process on Ctrl C, before the cluster is stopped.
  const signals = { handleSIGINT: false, handleSIGTERM: false };
  const browser = await chromium.launch({ ...config.use?.launchOptions, ...signals });
  cleanup.add(() => browser.close());
  const facts = { ...(await measureDashboard(kubeconfigPath, browser, cleanup)), idleShare };
  const informers = await measureInformers(informerArgs);
  say(`informers: synced ${toMs(informers.syncedAfterStartMs)} after the start, ${informers.objects} objects`);
  const file = join(mkdtempSync(join(tmpdir(), 'sidelight-bench-')), 'cluster.json');
  writeFileSync(file, JSON.stringify({ facts, informers }, null, 2));
  say(`all figures: ${file}`);
  process.stdout.write(`${toClusterReport(facts, informers)}\n`);
  return toRequirements(facts, informers).every(isMet) ? 0 : 1;
}

async function measureDashboard(
  kubeconfigPath: string,
  browser: Browser,
  cleanup: Cleanup,
): Promise<Omit<ClusterFacts, 'idleShare'>> {
  const startedAt = performance.now();
  const dashboard = await spawnDashboard(kubeconfigPath);
  cleanup.add(() => dashboard.signal('SIGTERM'));
  const { found: origin, pid } = dashboard;
  const sync = await measureSync(origin, pid, startedAt);
  say(`synced ${toMs(sync.syncedAfterStartMs)} after the start, ${sync.cpuSeconds.toFixed(1)} s of CPU`);
  const lists = await measureLists(origin, say);
  const writer = createLabelWriter(kubeconfigPath);
  const client = new HttpClient(origin);
  try {
    const change = await measureLabelChange(browser, origin, writer);
    say(`label change to the event: ${sampleText(change.toEvent)}; to the row: ${sampleText(change.toRow)}`);
    return {
      sync,
      lists,
      change,
      peakMb: readMemory(pid).peakMb,
      cpuSeconds: readCpuSeconds(pid),
      longestStallMs: await readLongestStallMs(client),
    };
  } finally {
    writer.close();
    client.close();
    await dashboard.stop();
  }
}
