import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import type { createLabelWriter } from './cluster-writer';
import { median, pause, type Sample, toSample } from './sample';

const LOADS = 7;
const SORTS = 12;
const LABEL_CHANGES = 20;

export interface PageFacts {
  /** From navigation until the rows are on screen and nothing more was asked for. */
  readonly completeMs: Sample;
  readonly domNodes: number;
  readonly rows: number;
  readonly scriptGzipBytes: number;
  readonly scripts: number;
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  return context.newPage();
}

const ROWS = 'tbody tr[data-row]';

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

/** From the click on a column's head until its rows, in their new order, are painted. */
export async function measureSort(browser: Browser, origin: string): Promise<Sample> {
  const page = await openPage(browser);
  await page.goto(`${origin}/namespaces`);
  await page.waitForSelector(ROWS);
  await pause(1_000);
  const times: number[] = [];
  for (let index = 0; index < SORTS; index += 1) {
    const time = await page.evaluate(
      (rows) =>
        new Promise<number>((resolve, reject) => {
          const button = document.querySelector<HTMLElement>('thead th button');
          const first = () => document.querySelector(rows)?.textContent;
          const before = first();
          const timeout = setTimeout(() => reject(new Error('the order did not change')), 5_000);
          const observer = new MutationObserver(() => {
            if (first() === before) return;
            observer.disconnect();
            clearTimeout(timeout);
            // The second frame begins when the first, with the new rows, was painted.
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - started)));
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          const started = performance.now();
          button?.click();
        }),
      ROWS,
    );
    times.push(time);
    await pause(150);
  }
  await page.context().close();
  return toSample(times);
}

export interface ScrollFacts {
  readonly fps: number;
  readonly slowestFrameMs: number;
  readonly rows: number;
}

/** Frames per second while the page scrolls from top to bottom and back, 60 px a frame. */
export async function measureScroll(browser: Browser, origin: string, limit: number): Promise<ScrollFacts> {
  const runs: ScrollFacts[] = [];
  const page = await openPage(browser);
  await page.route('**/api/v1/namespaces?*', (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', String(limit));
    return route.continue({ url: url.href });
  });
  await page.goto(`${origin}/namespaces`);
  await page.waitForSelector(ROWS);
  await pause(1_000);
  for (let run = 0; run < 3; run += 1) {
    const frames = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const most = document.documentElement.scrollHeight - innerHeight;
          const step = 60;
          let top = 0;
          let direction = 1;
          const frame = (now: number) => {
            times.push(now);
            top = Math.min(most, Math.max(0, top + direction * step));
            if (top === most) direction = -1;
            scrollTo(0, top);
            if ((top === 0 && direction < 0) || times.length > 900) resolve(times);
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
    );
    const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time));
    const total = gaps.reduce((sum, gap) => sum + gap, 0);
    runs.push({
      fps: (gaps.length / total) * 1000,
      slowestFrameMs: Math.max(...gaps),
      rows: await page.locator(ROWS).count(),
    });
  }
  await page.context().close();
  const fps = median(runs.map((run) => run.fps));
  return runs.find((run) => run.fps === fps) ?? { fps, slowestFrameMs: Number.NaN, rows: 0 };
}

export interface ChangeFacts {
  /** From sending the patch until the browser had the event, and until the changed row was painted. */
  readonly toEvent: Sample;
  readonly toRow: Sample;
}

/** A label written past the dashboard, as kubectl does, until the open page shows it. */
export async function measureLabelChange(
  browser: Browser,
  origin: string,
  writer: ReturnType<typeof createLabelWriter>,
): Promise<ChangeFacts> {
  const page = await openPage(browser);
  await page.addInitScript(() => {
    const marks: Record<string, number> = {};
    Object.assign(window, { marks });
    const Native = window.EventSource;
    window.EventSource = class extends Native {
      constructor(url: string | URL, init?: EventSourceInit) {
        super(url, init);
        this.addEventListener('change', () => {
          marks.event ??= Date.now();
        });
      }
    };
  });
  const namespace = 'accounts-dev-0004';
  await page.goto(`${origin}/namespaces?q=${namespace}`);
  await page.waitForSelector(ROWS);
  await pause(1_000);
  const toEvent: number[] = [];
  const toRow: number[] = [];
  for (let index = 0; index < LABEL_CHANGES; index += 1) {
    const value = index % 2 === 0 ? 'disabled' : 'enabled';
    const changed = page.evaluate(
      (rows) =>
        new Promise<{ event: number; row: number }>((resolve, reject) => {
          const marks = (window as unknown as { marks: Record<string, number> }).marks;
          delete marks.event;
          const text = () => document.querySelector(rows)?.textContent;
          const before = text();
          const timeout = setTimeout(() => reject(new Error('the row did not change')), 5_000);
          const observer = new MutationObserver(() => {
            if (text() === before) return;
            observer.disconnect();
            clearTimeout(timeout);
            requestAnimationFrame(() =>
              requestAnimationFrame(() => resolve({ event: marks.event ?? Number.NaN, row: Date.now() })),
            );
          });
          observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        }),
      ROWS,
    );
    const sentAt = Date.now();
    await writer.label(namespace, { 'istio-injection': value });
    const { event, row } = await changed;
    toEvent.push(event - sentAt);
    toRow.push(row - sentAt);
    // Longer than the page waits between two readings, so that each change is taken alone.
    await pause(700 + Math.random() * 200);
  }
  await page.context().close();
  return { toEvent: toSample(toEvent), toRow: toSample(toRow) };
}
