import type { Browser } from '@playwright/test';
import type { createLabelWriter } from './cluster-writer';
import { openPage, ROWS } from './open-page';
import { pause, type Sample, toSample } from './sample';

const LABEL_CHANGES = 20;

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
    window.marks = {};
    const Native = window.EventSource;
    window.EventSource = class extends Native {
      constructor(url: string | URL, init?: EventSourceInit) {
        super(url, init);
        this.addEventListener('change', () => {
          window.marks.event ??= Date.now();
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
          window.marks = {};
          const text = () => document.querySelector(rows)?.textContent;
          const before = text();
          const timeout = setTimeout(() => reject(new Error('the row did not change')), 5_000);
          const observer = new MutationObserver(() => {
            if (text() === before) return;
            observer.disconnect();
            clearTimeout(timeout);
            window.afterPaint(() => resolve({ event: window.marks.event ?? Number.NaN, row: Date.now() }));
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
