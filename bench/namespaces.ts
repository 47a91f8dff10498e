import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import config from '@/playwright.config';
import { spawnDashboard, spawnSidelight } from '@/tests/routes/spawn-dashboard';
import { createLabelWriter } from './cluster-writer';
import { HttpClient } from './http-client';
import { measureScroll, measureSort } from './measure-interaction';
import { measureLabelChange } from './measure-label-change';
import { measurePage } from './measure-page';
import { measureList, measureSync } from './measure-server';
import { isMet, type Requirement, toReport } from './report';
import { sampleText, toMs } from './sample';
import { readLongestStallMs, readMemory } from './server-facts';

const SCALE = Number(process.argv[2] ?? 1_000);
const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const cluster = await spawnSidelight(['demo-cluster', '--scale', String(SCALE)], /^(\/\S+kubeconfig)$/m, 180_000);
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  try {
    await measure(cluster.found, browser);
  } finally {
    await browser.close();
    await cluster.stop();
  }
}

async function measure(kubeconfigPath: string, browser: Browser): Promise<void> {
  const startedAt = performance.now();
  const dashboard = await spawnDashboard(kubeconfigPath);
  const { found: origin, pid } = dashboard;
  const writer = createLabelWriter(kubeconfigPath);
  const client = new HttpClient(origin);
  try {
    const sync = await measureSync(origin, pid, startedAt);
    say(`synced ${toMs(sync.syncedAfterStartMs)} after its start, ${sync.cpuSeconds.toFixed(1)} s CPU`);
    const list = await measureList(origin);
    for (const { query, clients, times } of list) say(`${query}, ${clients} at once: ${sampleText(times)}`);
    const page = await measurePage(browser, origin);
    say(`page complete: ${sampleText(page.completeMs)}; ${page.rows} rows, ${page.scripts} scripts`);
    const sort = await measureSort(browser, origin);
    say(`sort: ${sampleText(sort)}`);
    const scroll = await measureScroll(browser, origin, 50);
    const scroll500 = await measureScroll(browser, origin, 500);
    say(`scroll, slowest frame: ${toMs(scroll.slowestFrameMs)}, with 500 rows ${toMs(scroll500.slowestFrameMs)}`);
    const change = await measureLabelChange(browser, origin, writer);
    say(`label change: event ${sampleText(change.toEvent)}; row ${sampleText(change.toRow)}`);
    const firstPage = list.find(({ query, clients }) => query === 'first page' && clients === 1)?.times;
    const memory = readMemory(pid);
    const stall = await readLongestStallMs(client);
    const requirements: Requirement[] = [
      { what: 'first page right after the sync, ms', most: 50, measured: sync.firstListMs },
      { what: 'first page, p95, ms', most: 50, measured: firstPage?.p95 ?? Number.NaN },
      { what: 'longest stall during the first sync, ms', most: 200, measured: sync.longestStallMs },
      { what: 'longest stall of the whole run, ms', measured: stall },
      { what: 'peak memory after the sync, MB', most: 400, measured: sync.peakMb },
      { what: 'peak memory of the whole run, MB', most: 400, measured: memory.peakMb },
      { what: 'page complete, p50, ms', most: 1_500, measured: page.completeMs.p50 },
      { what: 'page complete, max, ms', most: 1_500, measured: page.completeMs.max },
      { what: 'DOM nodes', most: 5_000, measured: page.domNodes },
      { what: 'scripts of the first load, KB gzip', measured: page.scriptGzipBytes / 1024 },
      { what: 'sort, click to paint, p50, ms', most: 100, measured: sort.p50 },
      { what: 'sort, click to paint, p95, ms', most: 100, measured: sort.p95 },
      { what: 'scroll, 50 rows, fps', least: 50, measured: scroll.fps },
      { what: 'scroll, 500 rows, fps', least: 50, measured: scroll500.fps },
      { what: 'label change to event, p95, ms', most: 1_000, measured: change.toEvent.p95 },
      { what: 'label change to row, p50, ms', most: 1_000, measured: change.toRow.p50 },
      { what: 'label change to row, max, ms', most: 1_000, measured: change.toRow.max },
    ];
    say(toReport(requirements));
    const file = join(mkdtempSync(join(tmpdir(), 'sidelight-bench-')), 'namespaces.json');
    writeFileSync(file, JSON.stringify({ sync, list, page, sort, scroll, scroll500, change, memory, stall }, null, 2));
    say(`all figures: ${file}`);
    process.exitCode = requirements.every(isMet) ? 0 : 1;
  } finally {
    writer.close();
    client.close();
    await dashboard.stop();
  }
}

await main();
