import type { Page } from '@playwright/test';

/** Waits until a page shows what it will show: data, fonts, the editor, the graph's layout. */
export async function settlePage(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => document.querySelector('main [aria-busy="true"]') === null);
  // Fonts, the editor and the graph's layout come after the data.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(1_500);
}
