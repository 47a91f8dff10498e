import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { openPage, ROWS } from './open-page';
import { type Sample, toSample } from './sample';

const LOADS = 7;

export interface PageFacts {
  /** From navigation until the rows are on screen and nothing more was asked for. */
  readonly completeMs: Sample;
  readonly domNodes: number;
  readonly rows: number;
  readonly scriptGzipBytes: number;
  readonly scripts: number;
}

/** Loads the page anew, each time in a browser context that has cached nothing, and takes the time to the last answer. */
export async function measurePage(browser: Browser, origin: string): Promise<PageFacts> {
  const completes: number[] = [];
  let facts = { domNodes: 0, rows: 0, scriptGzipBytes: 0, scripts: 0 };
  for (let load = 0; load <= LOADS; load += 1) {
    const page = await openPage(browser);
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto(`${origin}/namespaces`, { waitUntil: 'commit' });
    await page.waitForSelector(ROWS);
    // The event stream never ends, so the network is idle when half a second brought no other answer.
    const complete = await page.evaluate(async (rows) => {
      const lastEnd = () => {
        const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const ended = entries.filter((entry) => !entry.name.includes('/events')).map((entry) => entry.responseEnd);
        return Math.max(...ended, 0);
      };
      const firstSeen = performance.now();
      await new Promise<void>((resolve) => {
        const check = () => {
          if (performance.now() - Math.max(lastEnd(), firstSeen) > 500) resolve();
          else setTimeout(check, 50);
        };
        check();
      });
      const row = document.querySelector(rows)?.getBoundingClientRect();
      if (row === undefined || row.height === 0) throw new Error('no row is on screen');
      return { ms: Math.max(lastEnd(), firstSeen), nodes: document.querySelectorAll('*').length };
    }, ROWS);
    if (load > 0) completes.push(complete.ms);
    const bodies = await Promise.all(scripts);
    facts = {
      domNodes: complete.nodes,
      rows: await page.locator(ROWS).count(),
      scriptGzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).byteLength, 0),
      scripts: bodies.length,
    };
    await page.context().close();
  }
  return { completeMs: toSample(completes), ...facts };
}
