import type { Browser, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Calls when the frame that is being prepared was painted: a task queued in a frame runs after it. */
    afterPaint(done: () => void): void;
    marks: { event?: number };
  }
}

export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.afterPaint = (done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
      });
    };
  });
  return page;
}

/** The rows of a list that are in the page. */
export const ROWS = 'tbody tr[data-row]';
