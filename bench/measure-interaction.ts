import type { Browser } from '@playwright/test';
import { openPage, ROWS } from './open-page';
import { median, pause, type Sample, toSample } from './sample';

const SORTS = 20;

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
            window.afterPaint(() => resolve(performance.now() - started));
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
